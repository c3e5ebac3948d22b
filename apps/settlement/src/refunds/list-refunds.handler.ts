import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { readListing, type ListingPage } from '#libs/listing';
import { OVERSEER } from '#libs/persistence';
import { SettlementWork } from '../settlement.work.js';
import { ListRefunds, type ListedRefund } from './refunds.commands.js';
import { refunds } from './refunds.listing.js';

@QueryHandler(ListRefunds)
export class ListRefundsHandler implements IQueryHandler<ListRefunds> {
  constructor(private readonly work: SettlementWork) {}

  execute({ asked }: ListRefunds): Promise<ListingPage<ListedRefund>> {
    return readListing<ListedRefund>(this.work, refunds, { reader: OVERSEER, rights: [] }, asked);
  }
}
