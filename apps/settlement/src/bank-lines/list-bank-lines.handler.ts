import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { listBankLines } from './bank-line-list.store.js';
import { ListBankLines, type ListedBankLine } from './list-bank-lines.query.js';

@QueryHandler(ListBankLines)
export class ListBankLinesHandler implements IQueryHandler<ListBankLines> {
  constructor(private readonly work: SettlementWork) {}

  execute({ filter }: ListBankLines): Promise<readonly ListedBankLine[]> {
    return listBankLines(this.work.client, filter);
  }
}
