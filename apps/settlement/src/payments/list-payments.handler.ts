import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { readListing, type ListingPage } from '#libs/listing';
import { OVERSEER } from '#libs/persistence';
import { SettlementWork } from '../settlement.work.js';
import { ListPayments, type ListedPayment } from './list-payments.query.js';
import { payments } from './payments.listing.js';

@QueryHandler(ListPayments)
export class ListPaymentsHandler implements IQueryHandler<ListPayments> {
  constructor(private readonly work: SettlementWork) {}

  execute({ asked }: ListPayments): Promise<ListingPage<ListedPayment>> {
    return readListing<ListedPayment>(this.work, payments, { reader: OVERSEER, rights: [] }, asked);
  }
}
