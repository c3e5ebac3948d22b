import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** Somebody who approves has understood why an invariant was broken: money may leave again, once no other stop stands. */
export const PayoutStopLiftedV1 = defineMessage({
  type: 'payout_stop.lifted.v1',
  from: 'settlement',
  to: [],
  schema: z.strictObject({ stopId: field.id, invariant: z.string().min(1).max(20), stoppedAt: field.instant }),
  sample: { stopId: '01900000-0000-7000-8000-000000000031', invariant: 'L4', stoppedAt: '2026-03-02T23:00:00.000Z' },
});
