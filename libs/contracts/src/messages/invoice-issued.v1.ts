import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** A payer was invoiced for its share of an order. The face value is asked and not posted; fee and VAT are (row 1). */
export const InvoiceIssuedV1 = defineMessage({
  type: 'invoice.issued.v1',
  from: 'issuance',
  to: [],
  postings: { issuance: '1' },
  schema: z.strictObject({
    invoiceId: field.id,
    number: z.string().min(1).max(40),
    sellerSiren: z.string().regex(/^[0-9]{9}$/),
    orderId: field.id,
    payerId: field.id,
    issuedOn: field.day,
    faceCents: field.amountOrZeroCents,
    feeCents: field.amountOrZeroCents,
    vatCents: field.amountOrZeroCents,
    currency: field.currency,
    /** Whose money it is. Absent before the ledgers were restated from messages. */
    custodyAccountId: field.id.optional(),
    /** Of the PDF that left, and of the XML in it. */
    pdfSha256: field.sha256,
    xmlSha256: field.sha256,
  }),
  sample: {
    invoiceId: '01900000-0000-7000-8000-000000000021', number: 'FA-2026-000123', sellerSiren: '732829320',
    orderId: '01900000-0000-7000-8000-000000000006', payerId: '01900000-0000-7000-8000-000000000007', issuedOn: '2026-03-02',
    faceCents: 10000, feeCents: 400, vatCents: 80, currency: 'EUR',
    pdfSha256: 'e58c4b5fd4a7bb8a1ed3e5ac5a1bfa4a6a4c0f6f3a1d9b3f8c2f4d5b6a7c8d9e',
    xmlSha256: 'f58c4b5fd4a7bb8a1ed3e5ac5a1bfa4a6a4c0f6f3a1d9b3f8c2f4d5b6a7c8d9e',
  },
});
