// The lines of an export: a header, the versions of the coefficients, then each leaf in its order; after the last leaf that a checkpoint
// covers the checkpoint, and after the last one that a month of open data counts the month. `{"hash":"<64 hex>","leaf":<text>}`: from byte
// 83 to the last but one stands exactly what was hashed.
import type { Month } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { listCoefficients } from '../impact/coefficient.store.js';
import { EXPORT_PAGE } from '../limits.js';
import { releaseOf, releasesByLeaves } from '../open-data/release.store.js';
import { checkpointsBetween } from '../publish-checkpoint/checkpoint.store.js';
import type { PublishedKey } from '../publish-checkpoint/notary.js';
import type { Checkpoint } from '../publish-checkpoint/signed-note.js';
import { leafText } from '../seal-events/leaf.js';
import { readLeaves } from './export-page.store.js';

export const EXPORT_FORMAT = 'mereau.audit-export.v1';

export type ExportHead = Readonly<{ origin: string; checkpoint: Checkpoint; keys: readonly PublishedKey[] }>;

/** A page at a time, outside of any transaction: what is sealed or released does not change. */
export async function* exportLines(sql: Sql, { origin, checkpoint, keys }: ExportHead): AsyncGenerator<string> {
  const { size, root } = checkpoint;
  yield line({ format: EXPORT_FORMAT, origin, size, root, checkpoint, keys });
  for (const coefficient of await listCoefficients(sql)) yield line({ coefficient });
  const releases = await releasesByLeaves(sql);
  yield await releasedAt(sql, releases, 0);
  for (let first = 0; first < size; first += EXPORT_PAGE) {
    const end = Math.min(first + EXPORT_PAGE, size);
    const leaves = await readLeaves(sql, first, end);
    const checkpoints = await checkpointsBetween(sql, first, end, EXPORT_PAGE);
    let page = '';
    let next = 0;
    for (const [at, { hash, event }] of leaves.entries()) {
      page += `{"hash":"${hash}","leaf":${event === null ? 'null' : leafText(event)}}\n`;
      for (; checkpoints[next]?.size === first + at + 1; next += 1) page += line({ checkpoint: checkpoints[next] });
      page += await releasedAt(sql, releases, first + at + 1);
    }
    yield page;
  }
}

const line = (value: object): string => `${JSON.stringify(value)}\n`;

/** Takes from `waiting` what counts so many leaves: those that count the least stand first. */
async function releasedAt(sql: Sql, waiting: Readonly<{ month: Month; leaves: number }>[], leaves: number): Promise<string> {
  let text = '';
  while (waiting[0]?.leaves === leaves) text += line({ release: await releaseOf(sql, waiting.shift()!.month) });
  return text;
}
