import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** Places named in one message; the notice of a payee with more of them travels in several. */
export const BANK_CHANGE_PLACES_MAX = 1_000;

/**
 * Somebody proposed or approved a version of the account behind places, and their people are to hear of it. `payeeName` is
 * that of a legal body. Nothing of an account's number is told: who reads mail that is not theirs would learn where money goes.
 */
export const PayeeBankChangedV1 = defineMessage({
  type: 'payee.bank_changed.v1',
  from: 'settlement',
  to: ['identity'],
  schema: z.strictObject({
    payeeId: field.id,
    payeeName: z.string().min(1).max(140),
    bankVersion: field.version,
    step: z.enum(['proposed', 'approved']),
    /** `stripe`: its Stripe account, whose versions are counted apart. Absent: its bank account. */
    rail: z.literal('stripe').optional(),
    /** Its first version, and money went by the other rail until then: a change, and no first account. Absent: false. */
    leadsAway: z.literal(true).optional(),
    /** From the approval on, for which nothing is paid to the account; 0 where nothing waits, as with a first account. */
    coolingOffHours: field.count,
    places: z.array(field.id).min(1).max(BANK_CHANGE_PLACES_MAX),
  }),
  sample: {
    payeeId: '01900000-0000-7000-8000-000000000004', payeeName: 'Commune de Saint-Fictif', bankVersion: 2, step: 'proposed',
    coolingOffHours: 72, places: ['01900000-0000-7000-8000-000000000002'],
  },
});
