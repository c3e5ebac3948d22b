import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { moneyOfAccounts, type AccountMoney } from './own-money.store.js';
import { ShowOwnMoney } from './show-own-money.query.js';

@QueryHandler(ShowOwnMoney)
export class ShowOwnMoneyHandler implements IQueryHandler<ShowOwnMoney> {
  constructor(private readonly work: SettlementWork) {}

  execute(): Promise<readonly AccountMoney[]> {
    return moneyOfAccounts(this.work.client);
  }
}
