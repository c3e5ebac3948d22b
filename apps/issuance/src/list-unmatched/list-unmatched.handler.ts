import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IssuanceWork } from '../issuance.work.js';
import { SHARES_PER_HINT_MAX } from '../limits.js';
import { payersOfCredits, sharesFor } from '../match-receipt/open-share.store.js';
import { rankCandidates } from '../match-receipt/payer-match.decision.js';
import { listUnmatched } from '../receipt.store.js';
import { ListUnmatched, type WorkListCredit } from './list-unmatched.query.js';

@QueryHandler(ListUnmatched)
export class ListUnmatchedHandler implements IQueryHandler<ListUnmatched> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ page }: ListUnmatched): Promise<readonly WorkListCredit[]> {
    const sql = this.work.client;
    const credits = await listUnmatched(sql, page);
    const [shares, payers] = [
      await sharesFor(sql, credits, SHARES_PER_HINT_MAX), await payersOfCredits(sql, credits.map(({ bankLineId }) => bankLineId)),
    ];
    return credits.map((credit) => ({
      ...credit,
      candidates: rankCandidates(
        { ...credit, debtorPayers: payers.get(credit.bankLineId) ?? [] },
        shares.filter(({ bankLineId }) => bankLineId === credit.bankLineId)),
    }));
  }
}
