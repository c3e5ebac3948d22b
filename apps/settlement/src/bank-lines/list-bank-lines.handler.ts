import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { readListing, type ListingPage } from '#libs/listing';
import { OVERSEER } from '#libs/persistence';
import { SettlementWork } from '../settlement.work.js';
import { bankLines } from './bank-lines.listing.js';
import { ListBankLines, type ListedBankLine } from './list-bank-lines.query.js';

@QueryHandler(ListBankLines)
export class ListBankLinesHandler implements IQueryHandler<ListBankLines> {
  constructor(private readonly work: SettlementWork) {}

  execute({ asked }: ListBankLines): Promise<ListingPage<ListedBankLine>> {
    return readListing<ListedBankLine>(this.work, bankLines, { reader: OVERSEER, rights: [] }, asked);
  }
}
