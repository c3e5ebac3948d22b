import { z } from 'zod';
import { defineMessage, field } from '../message.js';

export const PAYEE_DOCUMENTS = ['statement', 'invoice', 'credit_note', 'debit_note'] as const;
/** Documents named in one message, and places of each: what is more is told in several. */
export const PAYEE_DOCUMENTS_MAX = 50;
export const DOCUMENT_PLACES_MAX = 200;

/**
 * Documents to payees that the people of their places are to hear of. What they say is told by messages of their own, and read where one
 * signs in: a mail bears no document.
 */
export const PayeeDocumentsIssuedV1 = defineMessage({
  type: 'payee_documents.issued.v1',
  from: 'settlement',
  to: ['identity'],
  schema: z.strictObject({
    documents: z.array(z.strictObject({
      kind: z.enum(PAYEE_DOCUMENTS),
      documentId: field.id,
      /** A statement has none. */
      number: z.string().min(1).max(40).nullable(),
      /** The month of a statement, or that an invoice is about; the year of a charge. */
      period: z.string().regex(/^\d{4}(-\d{2})?$/).nullable(),
      amountCents: field.amountCents,
      /** Null where nothing is left to pay. */
      dueOn: field.day.nullable(),
      payeeId: field.id,
      payeeName: z.string().min(1).max(140),
      places: z.array(field.id).min(1).max(DOCUMENT_PLACES_MAX),
    })).min(1).max(PAYEE_DOCUMENTS_MAX),
    currency: field.currency,
  }),
  sample: {
    documents: [{
      kind: 'invoice', documentId: '01900000-0000-7000-8000-000000000031', number: 'FL-2026-000123', period: '2026-03', amountCents: 240,
      dueOn: '2026-05-02', payeeId: '01900000-0000-7000-8000-000000000004', payeeName: 'Commune de Lille',
      places: ['01900000-0000-7000-8000-000000000002'],
    }],
    currency: 'EUR',
  },
});
