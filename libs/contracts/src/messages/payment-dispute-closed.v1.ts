import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/**
 * A dispute is over. Won: Stripe gave `amountCents` again, and the freeze is lifted. Lost: nothing moves, the payer goes on
 * owing, and what is left on the vouchers stays frozen until it expires.
 */
export const PaymentDisputeClosedV1 = defineMessage({
  type: 'payment.dispute_closed.v1',
  from: 'settlement',
  to: ['issuance', 'redemption'],
  // Only for a dispute that was won.
  postings: { settlement: '30', issuance: '30' },
  schema: z.strictObject({
    disputeId: z.string().min(1).max(255),
    outcome: z.enum(['won', 'lost']),
    cardPaymentId: field.id,
    orderId: field.id,
    payerId: field.id,
    custodyAccountId: field.id,
    amountCents: field.amountOrZeroCents,
    currency: field.currency,
  }),
  sample: {
    disputeId: 'dp_sample', outcome: 'won', cardPaymentId: '01900000-0000-7000-8000-000000000010',
    orderId: '01900000-0000-7000-8000-000000000006', payerId: '01900000-0000-7000-8000-000000000007',
    custodyAccountId: '01900000-0000-7000-8000-0000000000aa', amountCents: 4000, currency: 'EUR',
  },
});
