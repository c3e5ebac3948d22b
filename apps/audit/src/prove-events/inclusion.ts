// The proof that one event is in the log of a size; whoever is told it decides who may ask.
import { isRejected, reject, type Id, type Rejected } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { inclusionRanges } from '../merkle/subtrees.js';
import { hashesOver } from '../merkle/tree.store.js';
import { checkpointsBetween, lastCheckpoint } from '../publish-checkpoint/checkpoint.store.js';
import { leafText } from '../seal-events/leaf.js';
import { lastSealing } from '../seal-events/seal.store.js';
import { findSealed } from './leaf.store.js';
import { decideProofSize } from './proof-size.decision.js';
import type { Inclusion } from './prove-events.query.js';

export async function proofSize(sql: Sql, asked: number | null): Promise<number | Rejected> {
  const [last, head] = [await lastCheckpoint(sql), await lastSealing(sql)];
  return decideProofSize({ asked, checkpointed: last?.size, sealed: head.size });
}

export async function proveInclusion(sql: Sql, eventId: Id<'event'>, asked: number | null): Promise<Inclusion | Rejected> {
  const found = await findSealed(sql, eventId);
  if (!found) return reject('event_not_found');
  const size = await proofSize(sql, asked);
  if (isRejected(size)) return size;
  if (found.index === null || found.hash === null || found.index >= size) return reject('event_not_in_log', { size });
  const index = Number(found.index);
  const [root, ...path] = (await hashesOver(sql, [{ first: 0, end: size }, ...inclusionRanges(index, size)])).map((hash) => hash.toString('hex'));
  const [checkpoint] = await checkpointsBetween(sql, size - 1, size, 1);
  return { index, size, leaf: leafText(found.event), leafHash: found.hash, path, root: root!, checkpoint: checkpoint ?? null };
}
