// Vouchers of a payer that end on a day, step by step, as issuance froze their figures.
import { z } from 'zod';
import type { Read, Services } from '../services.js';

const vintage = z.object({
  programmeId: z.string(), programmeName: z.string(), usableUntil: z.string(), step: z.string(), dueOn: z.string(),
  state: z.enum(['to_sign', 'signed', 'told']), figures: z.string(), sha256: z.string(), signedAt: z.string().nullable(),
});
export type Vintage = z.output<typeof vintage>;
const vintages = z.object({ items: z.array(vintage), nextCursor: z.string().nullable() });
/** Steps on the page: five of each vintage. */
const STEPS_MAX = 200;

export async function loadVintages(services: Services, bearer: string): Promise<Read<readonly Vintage[]>> {
  const read = await services.get(`/issuance/vintages?limit=${STEPS_MAX}`, vintages, bearer);
  return read.ok ? { ok: true, value: read.value.items } : read;
}

const figures = z.object({
  batches: z.array(z.object({
    batchId: z.string(), issuedCount: z.int(), handedOverCount: z.int(), notHandedOverCount: z.int(), startedCount: z.int(),
    leftCents: z.int(), handedOverSinceCount: z.int().optional(),
  })),
});
export type BatchFigures = z.output<typeof figures>['batches'][number];

/** What the page shows is what is signed; undefined for a text that this version does not know. */
export function figuresOf(vintage: Vintage): readonly BatchFigures[] | undefined {
  try {
    return figures.safeParse(JSON.parse(vintage.figures)).data?.batches;
  } catch {
    return undefined;
  }
}
