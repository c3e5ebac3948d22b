import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { ListPayments, type ListedPayment } from './list-payments.query.js';
import { listPayments } from './payment.store.js';

@QueryHandler(ListPayments)
export class ListPaymentsHandler implements IQueryHandler<ListPayments> {
  constructor(private readonly work: SettlementWork) {}

  execute({ filter }: ListPayments): Promise<readonly ListedPayment[]> {
    return listPayments(this.work.client, filter);
  }
}
