import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** An invoice to a place is owed less: by a bank credit, or because it was set off against a statement. */
export const PlaceInvoicePaidV1 = defineMessage({
  type: 'place_invoice.paid.v1',
  from: 'settlement',
  to: [],
  postings: { settlement: '13' },
  schema: z.strictObject({
    placeInvoiceId: field.id,
    payeeId: field.id,
    custodyAccountId: field.id,
    amountCents: field.amountCents,
    leftCents: field.amountOrZeroCents,
    currency: field.currency,
    /** A person said what it is: until then it stood in `bank_unknown`. Left out where the bank's line said so itself. */
    wasUnknown: z.literal(true).optional(),
    /** One of the two. */
    bankLineId: field.id.optional(),
    statementId: field.id.optional(),
  }),
  sample: {
    placeInvoiceId: '01900000-0000-7000-8000-000000000031', payeeId: '01900000-0000-7000-8000-000000000004',
    custodyAccountId: '01900000-0000-7000-8000-0000000000aa', amountCents: 240, leftCents: 0, currency: 'EUR',
    bankLineId: '01900000-0000-7000-8000-000000000010',
  },
});
