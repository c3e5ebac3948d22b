import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** The Stripe account of this installation pays out to this custody account and to no other. */
export const StripeAccountConnectedV1 = defineMessage({
  type: 'stripe_account.connected.v1',
  from: 'settlement',
  to: ['issuance'],
  schema: z.strictObject({ custodyAccountId: field.id }),
  sample: { custodyAccountId: '01900000-0000-7000-8000-0000000000aa' },
});
