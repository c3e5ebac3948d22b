import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { listShares } from './iban-share.store.js';
import { ListIbanShares, type ListedShare } from './list-iban-shares.query.js';

@QueryHandler(ListIbanShares)
export class ListIbanSharesHandler implements IQueryHandler<ListIbanShares> {
  constructor(private readonly work: SettlementWork) {}

  execute({ page }: ListIbanShares): Promise<readonly ListedShare[]> {
    return listShares(this.work.client, page);
  }
}
