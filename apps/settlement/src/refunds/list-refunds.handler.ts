import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { listRefunds } from './refund.store.js';
import { ListRefunds, type ListedRefund } from './refunds.commands.js';

@QueryHandler(ListRefunds)
export class ListRefundsHandler implements IQueryHandler<ListRefunds> {
  constructor(private readonly work: SettlementWork) {}

  execute({ page }: ListRefunds): Promise<readonly ListedRefund[]> {
    return listRefunds(this.work.client, page);
  }
}
