import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { dayIn } from '#libs/kernel';
import { listFeeRules } from '../fee-rules/fee-rule.store.js';
import { BANK_TIME_ZONE } from '../limits.js';
import { SettlementWork } from '../settlement.work.js';
import { feeBookOf, type BookEntry } from './fee-book.decision.js';
import { ShowFeeBook } from './fee-book.query.js';

@QueryHandler(ShowFeeBook)
export class ShowFeeBookHandler implements IQueryHandler<ShowFeeBook> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ programmeId }: ShowFeeBook): Promise<readonly BookEntry[]> {
    const rules = await listFeeRules(this.work.client, programmeId);
    return feeBookOf(rules, dayIn(BANK_TIME_ZONE, this.work.settings.clock.override() ?? new Date()));
  }
}
