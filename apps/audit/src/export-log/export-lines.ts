// The lines of an export: a header, then each leaf in its order, and after the last leaf that a checkpoint covers the
// checkpoint. `{"hash":"<64 hex>","leaf":<text>}`: from byte 83 to the last but one stands exactly what was hashed.
import type { Sql } from '#libs/persistence';
import { EXPORT_PAGE } from '../limits.js';
import { checkpointsBetween } from '../publish-checkpoint/checkpoint.store.js';
import type { PublishedKey } from '../publish-checkpoint/notary.js';
import type { Checkpoint } from '../publish-checkpoint/signed-note.js';
import { leafText } from '../seal-events/leaf.js';
import { readLeaves } from './export-page.store.js';

export const EXPORT_FORMAT = 'mereau.audit-export.v1';

export type ExportHead = Readonly<{ origin: string; checkpoint: Checkpoint; keys: readonly PublishedKey[] }>;

/** A page at a time, outside of any transaction: what is sealed does not change. */
export async function* exportLines(sql: Sql, { origin, checkpoint, keys }: ExportHead): AsyncGenerator<string> {
  const { size, root } = checkpoint;
  yield `${JSON.stringify({ format: EXPORT_FORMAT, origin, size, root, checkpoint, keys })}\n`;
  for (let first = 0; first < size; first += EXPORT_PAGE) {
    const end = Math.min(first + EXPORT_PAGE, size);
    const leaves = await readLeaves(sql, first, end);
    const checkpoints = await checkpointsBetween(sql, first, end, EXPORT_PAGE);
    let page = '';
    let next = 0;
    for (const [at, { hash, event }] of leaves.entries()) {
      page += `{"hash":"${hash}","leaf":${event === null ? 'null' : leafText(event)}}\n`;
      for (; checkpoints[next]?.size === first + at + 1; next += 1) page += `${JSON.stringify({ checkpoint: checkpoints[next] })}\n`;
    }
    yield page;
  }
}
