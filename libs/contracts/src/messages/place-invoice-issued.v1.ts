import { z } from 'zod';
import { defineMessage, field } from '../message.js';

export const PLACE_INVOICE_KINDS = ['invoice', 'credit_note'] as const;

/**
 * The operator invoiced a payee for the fee of a statement or for the charge of a year, or credited a fee that came back. Nothing is
 * posted: the closing of the statement did (rows 12 and 13), or the charge itself (row 13).
 */
export const PlaceInvoiceIssuedV1 = defineMessage({
  type: 'place_invoice.issued.v1',
  from: 'settlement',
  to: [],
  schema: z.strictObject({
    placeInvoiceId: field.id,
    kind: z.enum(PLACE_INVOICE_KINDS),
    number: z.string().min(1).max(40),
    sellerSiren: z.string().regex(/^[0-9]{9}$/),
    payeeId: field.id,
    /** One of the two. */
    statementId: field.id.optional(),
    chargeId: field.id.optional(),
    issuedOn: field.day,
    feeCents: field.amountOrZeroCents,
    vatCents: field.amountOrZeroCents,
    currency: field.currency,
    /** Of the text that the document says. */
    sha256: field.sha256,
  }),
  sample: {
    placeInvoiceId: '01900000-0000-7000-8000-000000000031', kind: 'invoice', number: 'FL-2026-000123', sellerSiren: '732829320',
    payeeId: '01900000-0000-7000-8000-000000000004', statementId: '01900000-0000-7000-8000-00000000000c', issuedOn: '2026-04-02',
    feeCents: 20, vatCents: 4, currency: 'EUR', sha256: 'e58c4b5fd4a7bb8a1ed3e5ac5a1bfa4a6a4c0f6f3a1d9b3f8c2f4d5b6a7c8d9e',
  },
});
