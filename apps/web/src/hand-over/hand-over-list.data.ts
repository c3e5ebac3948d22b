import { z } from 'zod';
import type { Services, Read } from '../services.js';

const row = z.object({ row: z.int(), line: z.int(), externalId: z.string().nullable(), outcome: z.string(), code: z.string() });
export type FaultRow = z.output<typeof row>;
export const trialShape = z.object({
  read: z.int(), imported: z.int(), unchanged: z.int(), refused: z.int(),
  takenBefore: z.object({ takenAt: z.string() }).nullable(), rows: z.array(row),
});
export type Trial = z.output<typeof trialShape>;
export const takenShape = z.object({
  importId: z.string(), read: z.int(), imported: z.int(), unchanged: z.int(), refused: z.int(), finishedAt: z.string().nullable(),
});
export type Taken = z.output<typeof takenShape>;
const rowsShape = z.object({ items: z.array(row), nextCursor: z.string().nullable() });

/** Every row of which nothing came. Undefined where a page of them is not had: half a list of faults must not look whole. */
export async function loadFaults(services: Services, bearer: string, importId: string): Promise<readonly FaultRow[] | undefined> {
  const rows: FaultRow[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const read: Read<z.output<typeof rowsShape>> = await services.get(
      `/issuance/hand-over-files/${importId}/rows?limit=200&outcome=refused${cursor && `&cursor=${encodeURIComponent(cursor)}`}`, rowsShape, bearer);
    if (!read.ok) return undefined;
    rows.push(...read.value.items);
    cursor = read.value.nextCursor;
  }
  return rows;
}
