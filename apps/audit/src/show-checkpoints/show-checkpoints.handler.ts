import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { AuditWork } from '../audit.work.js';
import { consistencyPaths } from '../merkle/tree.store.js';
import { listCheckpoints } from '../publish-checkpoint/checkpoint.store.js';
import { Notary } from '../publish-checkpoint/notary.js';
import { ListCheckpoints, ShowKeys } from './show-checkpoints.query.js';

@QueryHandler(ListCheckpoints)
export class ListCheckpointsHandler implements IQueryHandler<ListCheckpoints> {
  constructor(private readonly work: AuditWork) {}

  async execute({ limit, belowSize }: ListCheckpoints) {
    // One more than asked for: the last one shown follows it.
    const found = await listCheckpoints(this.work.client, limit + 1, belowSize);
    const pairs = found.slice(0, limit).flatMap(({ size: to }, at) => (found[at + 1] ? [{ from: found[at + 1]!.size, to }] : []));
    const paths = await consistencyPaths(this.work.client, pairs);
    return found.slice(0, limit).map((checkpoint, at) =>
      ({ ...checkpoint, follows: pairs[at] ? { size: pairs[at].from, path: paths[at]! } : null }));
  }
}

@QueryHandler(ShowKeys)
export class ShowKeysHandler implements IQueryHandler<ShowKeys> {
  constructor(private readonly notary: Notary) {}

  async execute() {
    return { origin: this.notary.origin, keys: this.notary.keys() };
  }
}
