import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { bankBalances } from '../bank-accounts/bank-account.store.js';
import { SettlementWork } from '../settlement.work.js';
import { stripeAccount } from '../stripe-account/stripe-account.store.js';
import { balanceSums } from '../stripe-balance/stripe-movement.store.js';
import { ListOpenLines, ShowReconciliation, type OpenLine, type Reconciled } from './reconciliation.queries.js';
import { openLines, openSums } from './unreconciled.store.js';

@QueryHandler(ShowReconciliation)
export class ShowReconciliationHandler implements IQueryHandler<ShowReconciliation> {
  constructor(private readonly work: SettlementWork) {}

  async execute(): Promise<readonly Reconciled[]> {
    const sql = this.work.client;
    const sums = await openSums(sql);
    const openOf = (bankAccountId: string, account: Reconciled['account']) =>
      sums.find((sum) => sum.bankAccountId === bankAccountId && sum.account === account) ?? { explained: 0n, unexplained: 0n, lines: 0 };
    const banks = (await bankBalances(sql)).map(({ id, statedOn, stated, ledger }): Reconciled =>
      ({ ...openOf(id, 'bank'), bankAccountId: id, account: 'bank', statedAsOf: statedOn, stated: stated ?? 0n, ledger }));
    const stripe = await stripeAccount(sql);
    if (!stripe) return banks;
    const { stated, ledger, readAt } = await balanceSums(sql, stripe);
    return [...banks, { ...openOf(stripe, 'psp'), bankAccountId: stripe, account: 'psp', statedAsOf: readAt?.toISOString() ?? null, stated, ledger }];
  }
}

@QueryHandler(ListOpenLines)
export class ListOpenLinesHandler implements IQueryHandler<ListOpenLines> {
  constructor(private readonly work: SettlementWork) {}

  execute({ page }: ListOpenLines): Promise<readonly OpenLine[]> {
    return openLines(this.work.client, page);
  }
}
