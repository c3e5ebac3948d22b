// A trace as `GET /audit/traces` tells it, as far as it is told in words. What stands beside it is kept and not drawn.
import { z } from 'zod';

const cents = z.int();
const step = z.object({
  step: z.string(), eventId: z.string(), type: z.string(), sender: z.string(), seq: z.int(), leaf: z.int(), at: z.string(),
  amountCents: cents.nullable(), ids: z.record(z.string(), z.string()), range: z.object({ first: z.int(), last: z.int() }).nullable(),
});
const thread = z.object({
  redemptionId: z.string(), amountCents: cents,
  voucher: z.object({
    batchId: z.string(), index: z.int(), /** Absent before booklets were told. */ booklet: z.int().nullable().optional(),
  }).nullable(),
  shares: z.array(z.object({ payerId: z.string(), amountCents: cents })), reached: z.string(), since: z.string(), correctedCents: cents,
  path: z.array(z.string()), untold: z.array(z.string()),
});
export const tracedSchema = z.object({
  steps: z.array(step), redemptions: z.array(thread), isCut: z.boolean(),
  /** Absent before the commons were followed. */
  fed: z.array(z.object({ eventId: z.string(), amountCents: cents })).default([]),
  open: z.array(z.object({ what: z.string(), since: z.string().nullable() })),
});
export type Traced = z.output<typeof tracedSchema>;
export type TracedStep = Traced['steps'][number];
