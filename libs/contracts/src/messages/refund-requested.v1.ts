import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** Money goes back to a payer: settlement owes it from here on. The payer is an organisation, named as it registered. */
export const RefundRequestedV1 = defineMessage({
  type: 'refund.requested.v1',
  from: 'issuance',
  to: ['settlement'],
  postings: { issuance: '26', settlement: '26' },
  schema: z.strictObject({
    refundId: field.id,
    payerId: field.id,
    /** The order whose money it is; absent for what no order asks for any more, and before a cent was traced by it. */
    orderId: field.id.optional(),
    payerName: z.string().min(1).max(200),
    payerSiren: z.string().regex(/^[0-9]{9}$/),
    amountCents: field.amountCents,
    currency: field.currency,
    custodyAccountId: field.id,
    /** `stripe`: back to the card that paid, as a part of `originalPayment`. */
    way: z.enum(['bank', 'stripe']),
    originalPayment: z.string().min(1).max(255).optional(),
  }),
  sample: {
    refundId: '01900000-0000-7000-8000-000000000013', payerId: '01900000-0000-7000-8000-000000000007', payerName: 'Département témoin',
    payerSiren: '732829320', amountCents: 8000, currency: 'EUR', custodyAccountId: '01900000-0000-7000-8000-0000000000aa', way: 'bank',
  },
});
