import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { ListPayees, type ListedPayee } from './list-payees.query.js';
import { listPayees } from './list-payees.store.js';

@QueryHandler(ListPayees)
export class ListPayeesHandler implements IQueryHandler<ListPayees> {
  constructor(private readonly work: SettlementWork) {}

  execute({ page }: ListPayees): Promise<readonly ListedPayee[]> {
    return listPayees(this.work.client, page);
  }
}
