import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** No redemption is made on this device any more. */
export const DeviceRevokedV1 = defineMessage({
  type: 'device.revoked.v1',
  from: 'redemption',
  to: [],
  schema: z.strictObject({ deviceId: field.id, placeId: field.id, revokedAt: field.instant }),
  sample: {
    deviceId: '01900000-0000-7000-8000-000000000018', placeId: '01900000-0000-7000-8000-000000000002',
    revokedAt: '2026-03-10T09:30:00.000Z',
  },
});
