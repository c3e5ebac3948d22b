import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/**
 * The audit log reached `size` leaves with `root`, signed. Settlement keeps it: a log that is rewritten at audit then
 * contradicts what somebody else holds. The signed text can be put together again from these fields (docs/audit-log.md).
 */
export const CheckpointPublishedV1 = defineMessage({
  type: 'checkpoint.published.v1',
  from: 'audit',
  to: ['settlement'],
  schema: z.strictObject({
    size: z.number().int().positive(),
    root: field.sha256,
    time: field.instant,
    origin: z.string().min(1).max(200),
    keyId: z.string().max(100),
    signature: z.base64().length(88),
    /**
     * The checkpoint before it, and the proof (RFC 9162, 2.1.4) that the log of that size is the beginning of this one; size 0
     * where it is the first. Absent before checkpoints were proved to follow each other.
     */
    follows: z.strictObject({ size: z.number().int().nonnegative(), root: field.sha256, path: z.array(field.sha256).max(130) }).optional(),
  }),
  sample: {
    size: 42, root: 'e58c4b5fd4a7bb8a1ed3e5ac5a1bfa4a6a4c0f6f3a1d9b3f8c2f4d5b6a7c8d9e', time: '2026-03-31T22:00:00.000Z',
    origin: 'mereau.example/audit', keyId: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
    signature: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==',
  },
});
