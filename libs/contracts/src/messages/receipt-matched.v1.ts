import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/**
 * A booked credit (or a part of it) paid a payer's share of an order: from `unmatched` to its prefund, and once the face
 * value is paid to what it owes of fee and VAT.
 */
export const ReceiptMatchedV1 = defineMessage({
  type: 'receipt.matched.v1',
  from: 'issuance',
  to: ['settlement'],
  postings: { issuance: '3' },
  schema: z.strictObject({
    bankLineId: field.id,
    orderId: field.id,
    shares: z.array(z.strictObject({ payerId: field.id, amountCents: field.amountCents })).min(1).max(20),
    amountCents: field.amountCents,
    /** The part of it that paid fee and VAT; the rest is cover. Absent before invoices were: nothing. */
    feeCents: field.amountOrZeroCents.optional(),
    currency: field.currency,
    /** Whose cover it became. Absent before the ledgers were restated from messages. */
    programmeId: field.id.optional(),
    /** Whose money it is. Absent before the ledgers were restated from messages. */
    custodyAccountId: field.id.optional(),
  }),
  sample: {
    bankLineId: '01900000-0000-7000-8000-000000000005', orderId: '01900000-0000-7000-8000-000000000006',
    shares: [{ payerId: '01900000-0000-7000-8000-000000000007', amountCents: 10000 }], amountCents: 10000, currency: 'EUR',
  },
});
