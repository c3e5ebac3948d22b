// Proofs are hashes that lie in the tables: about twice the logarithm of the size is read, whatever the size.
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected, reject, type Rejected } from '#libs/kernel';
import { AuditWork } from '../audit.work.js';
import { consistencyRanges, inclusionRanges } from '../merkle/subtrees.js';
import { hashesOver } from '../merkle/tree.store.js';
import { checkpointsBetween, lastCheckpoint } from '../publish-checkpoint/checkpoint.store.js';
import { leafText } from '../seal-events/leaf.js';
import { lastSealing } from '../seal-events/seal.store.js';
import { findSealed } from './leaf.store.js';
import { decideProofSize } from './proof-size.decision.js';
import { ProveConsistency, ProveInclusion, type Consistency, type Inclusion } from './prove-events.query.js';

const inHex = (hashes: readonly Buffer[]): string[] => hashes.map((hash) => hash.toString('hex'));

async function sizeOf({ client }: AuditWork, asked: number | null): Promise<number | Rejected> {
  const [last, head] = [await lastCheckpoint(client), await lastSealing(client)];
  return decideProofSize({ asked, checkpointed: last?.size, sealed: head.size });
}

@QueryHandler(ProveInclusion)
export class ProveInclusionHandler implements IQueryHandler<ProveInclusion> {
  constructor(private readonly work: AuditWork) {}

  async execute({ eventId, size: asked }: ProveInclusion): Promise<Inclusion | Rejected> {
    const { client } = this.work;
    const found = await findSealed(client, eventId);
    if (!found) return reject('event_not_found');
    const size = await sizeOf(this.work, asked);
    if (isRejected(size)) return size;
    if (found.index === null || found.hash === null || found.index >= size) return reject('event_not_in_log', { size });
    const index = Number(found.index);
    const [root, ...path] = inHex(await hashesOver(client, [{ first: 0, end: size }, ...inclusionRanges(index, size)]));
    const [checkpoint] = await checkpointsBetween(client, size - 1, size, 1);
    return { index, size, leaf: leafText(found.event), leafHash: found.hash, path, root: root!, checkpoint: checkpoint ?? null };
  }
}

@QueryHandler(ProveConsistency)
export class ProveConsistencyHandler implements IQueryHandler<ProveConsistency> {
  constructor(private readonly work: AuditWork) {}

  async execute({ from, to: asked }: ProveConsistency): Promise<Consistency | Rejected> {
    const to = await sizeOf(this.work, asked);
    if (isRejected(to)) return to;
    if (from > to) return reject('log_shorter', { size: to });
    const ranges = [{ first: 0, end: from }, { first: 0, end: to }, ...consistencyRanges(from, to)];
    const [fromRoot, toRoot, ...path] = inHex(await hashesOver(this.work.client, ranges));
    return { from, to, fromRoot: fromRoot!, toRoot: toRoot!, path };
  }
}
