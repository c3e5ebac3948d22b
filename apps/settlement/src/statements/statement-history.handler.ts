import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { readListing, type ListingPage } from '#libs/listing';
import { OVERSEER } from '#libs/persistence';
import { SettlementWork } from '../settlement.work.js';
import { statementHistory } from './statement-history.listing.js';
import { ListStatementHistory, type HistoryRow } from './statement-history.query.js';

@QueryHandler(ListStatementHistory)
export class ListStatementHistoryHandler implements IQueryHandler<ListStatementHistory> {
  constructor(private readonly work: SettlementWork) {}

  execute({ reader: { placeId }, asked }: ListStatementHistory): Promise<ListingPage<HistoryRow>> {
    return readListing<HistoryRow>(this.work, statementHistory, { reader: placeId ?? OVERSEER, rights: [placeId] }, asked);
  }
}
