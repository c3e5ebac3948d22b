import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { bankBalances } from './bank-account.store.js';
import { ListBankAccounts, type ShownBankAccount } from './list-bank-accounts.query.js';

@QueryHandler(ListBankAccounts)
export class ListBankAccountsHandler implements IQueryHandler<ListBankAccounts> {
  constructor(private readonly work: SettlementWork) {}

  async execute(): Promise<readonly ShownBankAccount[]> {
    const balances = await bankBalances(this.work.client);
    return balances.map(({ id, name, iban, bic, custody, statedOn, stated, ledger, unexplained }) => ({
      id, name, iban, bic, custody, statedOn, statedCents: stated === null ? null : Number(stated),
      ledgerCents: Number(ledger), unexplainedDebitsCents: Number(unexplained),
      differenceCents: stated === null ? null : Number(stated - ledger),
    }));
  }
}
