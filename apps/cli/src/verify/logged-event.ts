// An event as a leaf holds it.
import { z } from 'zod';

const eventSchema = z.strictObject({
  sender: z.string(), seq: z.int().positive(), id: z.uuid(), type: z.string(), subject: z.string(), subjectVersion: z.int().positive(),
  occurredAt: z.string(), actor: z.unknown(), causationId: z.string().nullable(), correlationId: z.string(), body: z.unknown(),
});
export type LoggedEvent = z.output<typeof eventSchema>;

export const readEvent = (leaf: unknown): LoggedEvent | undefined => eventSchema.safeParse(leaf).data;
