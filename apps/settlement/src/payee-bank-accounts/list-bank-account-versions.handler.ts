import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { ListBankAccountVersions } from './list-bank-account-versions.query.js';
import { versionsOf, type ShownBankAccountVersion } from './payee-bank-account.store.js';

@QueryHandler(ListBankAccountVersions)
export class ListBankAccountVersionsHandler implements IQueryHandler<ListBankAccountVersions> {
  constructor(private readonly work: SettlementWork) {}

  execute({ payeeId }: ListBankAccountVersions): Promise<readonly ShownBankAccountVersion[]> {
    return versionsOf(this.work.client, payeeId);
  }
}
