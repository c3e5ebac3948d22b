import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** A payer saw the figures with this digest and signed them off: on the fifteenth day before the end, or on the seventh. */
export const VintageSignedOffV1 = defineMessage({
  type: 'vintage.signed_off.v1',
  from: 'issuance',
  to: [],
  schema: z.strictObject({
    programmeId: field.id,
    usableUntil: field.day,
    step: z.enum(['fifteen_days', 'seven_days']),
    payerId: field.id,
    sha256: field.sha256,
  }),
  sample: {
    programmeId: '01900000-0000-7000-8000-000000000001', usableUntil: '2026-12-31', step: 'fifteen_days',
    payerId: '01900000-0000-7000-8000-000000000007', sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  },
});
