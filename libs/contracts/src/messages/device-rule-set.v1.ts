import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** Whether a place redeems on enrolled devices only. */
export const DeviceRuleSetV1 = defineMessage({
  type: 'device_rule.set.v1',
  from: 'redemption',
  to: [],
  schema: z.strictObject({ placeId: field.id, version: field.version, devicesOnly: z.boolean() }),
  sample: { placeId: '01900000-0000-7000-8000-000000000002', version: 1, devicesOnly: true },
});
