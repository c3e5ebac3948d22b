import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** Redemptions that one alert may hold: what a message carries. An alert of more names the first of them. */
export const ALERT_LINES_MAX = 500;

/**
 * A person of the operator found that an alert is to be looked into: what the place is owed for these redemptions is held until
 * it is. The texts are those that the place reads; what the operator wrote beside them stays with audit.
 */
export const AlertUpheldV1 = defineMessage({
  type: 'alert.upheld.v1',
  from: 'audit',
  to: ['settlement'],
  schema: z.strictObject({
    alertId: field.id,
    placeId: field.id,
    rule: z.string().min(1).max(40),
    ruleVersion: field.version,
    textFr: z.string().min(1).max(600),
    textEn: z.string().min(1).max(600),
    redemptionIds: z.array(field.id).min(1).max(ALERT_LINES_MAX),
  }),
  sample: {
    alertId: '01900000-0000-7000-8000-000000000070', placeId: '01900000-0000-7000-8000-000000000002', rule: 'velocity', ruleVersion: 1,
    textFr: 'Le 10/03/2026, ce lieu a encaissé 24 chèques en 10 minutes ; au-delà de 20, nous regardons.',
    textEn: 'On 10/03/2026, this place redeemed 24 vouchers within 10 minutes; above 20 we look.',
    redemptionIds: ['01900000-0000-7000-8000-00000000000a'],
  },
});
