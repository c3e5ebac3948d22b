import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** From now on signatures of this key count for the place. The thumbprint is that of RFC 7638. */
export const DeviceEnrolledV1 = defineMessage({
  type: 'device.enrolled.v1',
  from: 'redemption',
  to: [],
  schema: z.strictObject({
    deviceId: field.id, placeId: field.id, enrolmentId: field.id, thumbprint: z.string().length(43), enrolledAt: field.instant,
  }),
  sample: {
    deviceId: '01900000-0000-7000-8000-000000000018', placeId: '01900000-0000-7000-8000-000000000002',
    enrolmentId: '01900000-0000-7000-8000-000000000019', thumbprint: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
    enrolledAt: '2026-03-10T09:30:00.000Z',
  },
});
