import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { readListing, type ListingPage } from '#libs/listing';
import { SettlementWork } from '../settlement.work.js';
import { statementHistory } from './statement-history.listing.js';
import { ListStatementHistory, type HistoryRow } from './statement-history.query.js';

@QueryHandler(ListStatementHistory)
export class ListStatementHistoryHandler implements IQueryHandler<ListStatementHistory> {
  constructor(private readonly work: SettlementWork) {}

  execute({ placeId, asked }: ListStatementHistory): Promise<ListingPage<HistoryRow>> {
    return readListing<HistoryRow>(this.work, statementHistory, { reader: placeId, rights: [placeId] }, asked);
  }
}
