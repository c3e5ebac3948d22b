import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { listFeeRules, type FeeRule } from './fee-rule.store.js';
import { ListFeeRules } from './list-fee-rules.query.js';

@QueryHandler(ListFeeRules)
export class ListFeeRulesHandler implements IQueryHandler<ListFeeRules> {
  constructor(private readonly work: SettlementWork) {}

  execute({ programmeId }: ListFeeRules): Promise<readonly FeeRule[]> {
    return listFeeRules(this.work.client, programmeId);
  }
}
