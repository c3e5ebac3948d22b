// Keys of an organisation as the pages read them.
import { z } from 'zod';

const apiKey = z.object({
  keyId: z.string(), label: z.string(), prefix: z.string(), scopes: z.array(z.string()), state: z.enum(['in_force', 'ended', 'too_old']), madeBy: z.string(),
  madeById: z.string(), madeAt: z.string(), expiresAt: z.string(), endedAt: z.string().nullable(), endedBy: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
});
export type ApiKey = z.output<typeof apiKey>;

/** To the keys, with those that should have ended with somebody's membership and did not. */
export const keysLeftPath = (keyIds: readonly string[]): string => `/api-keys?left=${keyIds.join(',')}`;

export const apiKeysShape = z.object({ items: z.array(apiKey) }).transform(({ items }) => items);
