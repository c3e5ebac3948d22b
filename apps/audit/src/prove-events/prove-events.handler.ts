// Proofs are hashes that lie in the tables: about twice the logarithm of the size is read, whatever the size.
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected, reject, type Rejected } from '#libs/kernel';
import { AuditWork } from '../audit.work.js';
import { consistencyRanges } from '../merkle/subtrees.js';
import { hashesOver } from '../merkle/tree.store.js';
import { proofSize, proveInclusion } from './inclusion.js';
import { ProveConsistency, ProveInclusion, type Consistency, type Inclusion } from './prove-events.query.js';

@QueryHandler(ProveInclusion)
export class ProveInclusionHandler implements IQueryHandler<ProveInclusion> {
  constructor(private readonly work: AuditWork) {}

  execute({ eventId, size }: ProveInclusion): Promise<Inclusion | Rejected> {
    return proveInclusion(this.work.client, eventId, size);
  }
}

@QueryHandler(ProveConsistency)
export class ProveConsistencyHandler implements IQueryHandler<ProveConsistency> {
  constructor(private readonly work: AuditWork) {}

  async execute({ from, to: asked }: ProveConsistency): Promise<Consistency | Rejected> {
    const to = await proofSize(this.work.client, asked);
    if (isRejected(to)) return to;
    if (from > to) return reject('log_shorter', { size: to });
    const ranges = [{ first: 0, end: from }, { first: 0, end: to }, ...consistencyRanges(from, to)];
    const [fromRoot, toRoot, ...path] = (await hashesOver(this.work.client, ranges)).map((hash) => hash.toString('hex'));
    return { from, to, fromRoot: fromRoot!, toRoot: toRoot!, path };
  }
}
