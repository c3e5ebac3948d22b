// Keys of an organisation as the pages read them.
import { z } from 'zod';

const apiKey = z.object({
  keyId: z.string(), label: z.string(), prefix: z.string(), scopes: z.array(z.string()), state: z.enum(['in_force', 'ended', 'too_old']), madeBy: z.string(),
  madeById: z.string(), madeAt: z.string(), expiresAt: z.string(), endedAt: z.string().nullable(), endedBy: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
});
export type ApiKey = z.output<typeof apiKey>;

export const apiKeysShape = z.object({ items: z.array(apiKey) }).transform(({ items }) => items);
