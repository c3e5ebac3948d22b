import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** No payment may go to this version of the payee's account any more, e.g. after a return by the bank. */
export const PayeeBlockedV1 = defineMessage({
  type: 'payee.blocked.v1',
  from: 'settlement',
  to: [],
  schema: z.strictObject({
    payeeId: field.id, placeId: field.id, bankVersion: field.version, reason: z.string().max(40),
    /** `stripe`: its Stripe account, whose versions are counted apart. Absent: its bank account. */
    rail: z.literal('stripe').optional(),
  }),
  sample: {
    payeeId: '01900000-0000-7000-8000-000000000004', placeId: '01900000-0000-7000-8000-000000000002',
    bankVersion: 1, reason: 'AC04',
  },
});
