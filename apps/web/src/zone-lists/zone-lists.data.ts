// Versions of official lists of zones, and what each would change, as redemption tells it.
import { z } from 'zod';
import type { Words } from '../lists/list.js';
import type { Say } from '../language.js';

export const zoneVersion = z.object({
  importId: z.string(), list: z.enum(['density', 'quarters']), read: z.int(), imported: z.int(), refused: z.int(),
  startedBy: z.string(), startedAt: z.string(),
  finishedAt: z.string().nullable(), isInForce: z.boolean(),
  decided: z.object({ outcome: z.enum(['accepted', 'set_aside']), reason: z.string().nullable(), by: z.string(), at: z.string() }).nullable(),
});
export const zoneVersionsShape = z.object({ items: z.array(zoneVersion) });
const change = z.object({ key: z.string(), before: z.string().nullable(), after: z.string().nullable() });
export const differenceShape = z.object({
  comparedWith: z.string().nullable(), added: z.int(), removed: z.int(), changed: z.int(),
  items: z.array(change), nextCursor: z.string().nullable(),
});
export type ZoneVersion = z.output<typeof zoneVersion>;
export type Difference = z.output<typeof differenceShape>;
export type Change = z.output<typeof change>;

const LISTS: Readonly<Record<ZoneVersion['list'], Words>> = {
  density: ['Grille de densité', 'Density grid'], quarters: ['Quartiers prioritaires', 'Priority quarters'],
};
export const listName = (list: ZoneVersion['list'], say: Say): string => say(...LISTS[list]);
