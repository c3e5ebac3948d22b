import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/**
 * An invoice was corrected, whole or in part. Its fee and VAT are posted back (row 1): what was not paid leaves the
 * receivable, and `coveredCents`, what was paid, is cover of the payer.
 */
export const CreditNoteIssuedV1 = defineMessage({
  type: 'credit_note.issued.v1',
  from: 'issuance',
  to: [],
  postings: { issuance: '1' },
  schema: z.strictObject({
    creditNoteId: field.id,
    number: z.string().min(1).max(40),
    sellerSiren: z.string().regex(/^[0-9]{9}$/),
    invoiceId: field.id,
    reason: z.enum(['expiry', 'cancellation', 'correction']),
    orderId: field.id,
    payerId: field.id,
    issuedOn: field.day,
    faceCents: field.amountOrZeroCents,
    feeCents: field.amountOrZeroCents,
    vatCents: field.amountOrZeroCents,
    coveredCents: field.amountOrZeroCents,
    currency: field.currency,
    /** Whose cover it became. Absent before the ledgers were restated from messages. */
    programmeId: field.id.optional(),
    /** Whose money it is. Absent before the ledgers were restated from messages. */
    custodyAccountId: field.id.optional(),
    pdfSha256: field.sha256,
    xmlSha256: field.sha256,
  }),
  sample: {
    creditNoteId: '01900000-0000-7000-8000-000000000022', number: 'AV-2027-000004', sellerSiren: '732829320',
    invoiceId: '01900000-0000-7000-8000-000000000021', reason: 'expiry',
    orderId: '01900000-0000-7000-8000-000000000006', payerId: '01900000-0000-7000-8000-000000000007', issuedOn: '2027-02-07',
    faceCents: 6200, feeCents: 0, vatCents: 0, coveredCents: 0, currency: 'EUR',
    pdfSha256: 'e58c4b5fd4a7bb8a1ed3e5ac5a1bfa4a6a4c0f6f3a1d9b3f8c2f4d5b6a7c8d9e',
    xmlSha256: 'f58c4b5fd4a7bb8a1ed3e5ac5a1bfa4a6a4c0f6f3a1d9b3f8c2f4d5b6a7c8d9e',
  },
});
