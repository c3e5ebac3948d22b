import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** What Stripe paid out is on the bank's statement. Its postings are told by `ledger.posted.v1`: this says that the two belong together. */
export const StripePayoutArrivedV1 = defineMessage({
  type: 'stripe_payout.arrived.v1',
  from: 'settlement',
  to: [],
  schema: z.strictObject({
    stripePayoutId: z.string().min(1).max(255),
    /** The line in Stripe's list by which it left the balance there. */
    stripeMovementId: z.string().min(1).max(255),
    bankLineId: field.id,
    custodyAccountId: field.id,
    amountCents: field.amountCents,
    currency: field.currency,
  }),
  sample: {
    stripePayoutId: 'po_sample', stripeMovementId: 'txn_sample', bankLineId: '01900000-0000-7000-8000-000000000005',
    custodyAccountId: '01900000-0000-7000-8000-0000000000aa', amountCents: 3890, currency: 'EUR',
  },
});
