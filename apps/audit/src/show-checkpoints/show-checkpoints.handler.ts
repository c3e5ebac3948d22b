import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { AuditWork } from '../audit.work.js';
import { listCheckpoints } from '../publish-checkpoint/checkpoint.store.js';
import { Notary } from '../publish-checkpoint/notary.js';
import { ListCheckpoints, ShowKeys } from './show-checkpoints.query.js';

@QueryHandler(ListCheckpoints)
export class ListCheckpointsHandler implements IQueryHandler<ListCheckpoints> {
  constructor(private readonly work: AuditWork) {}

  execute({ limit, belowSize }: ListCheckpoints) {
    return listCheckpoints(this.work.client, limit, belowSize);
  }
}

@QueryHandler(ShowKeys)
export class ShowKeysHandler implements IQueryHandler<ShowKeys> {
  constructor(private readonly notary: Notary) {}

  async execute() {
    return { origin: this.notary.origin, keys: this.notary.keys() };
  }
}
