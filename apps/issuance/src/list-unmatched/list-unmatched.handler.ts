import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IssuanceWork } from '../issuance.work.js';
import { listUnmatched, type UnmatchedCredit } from '../receipt.store.js';
import { ListUnmatched } from './list-unmatched.query.js';

@QueryHandler(ListUnmatched)
export class ListUnmatchedHandler implements IQueryHandler<ListUnmatched> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ after, rowsMax }: ListUnmatched): Promise<readonly UnmatchedCredit[]> {
    return listUnmatched(this.work.client, after, rowsMax);
  }
}
