import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** The legal body behind a place has an account that a second person has checked. Never its number itself. */
export const PayeeValidatedV1 = defineMessage({
  type: 'payee.validated.v1',
  from: 'settlement',
  to: [],
  schema: z.strictObject({
    payeeId: field.id, placeId: field.id, bankVersion: field.version,
    /** `stripe`: its Stripe account, whose versions are counted apart. Absent: its bank account. */
    rail: z.literal('stripe').optional(),
  }),
  sample: {
    payeeId: '01900000-0000-7000-8000-000000000004', placeId: '01900000-0000-7000-8000-000000000002', bankVersion: 1,
  },
});
