import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { insertTotalPart } from './redemption-total.store.js';
import { TakePeriodTotal } from './take-period-total.command.js';

@CommandHandler(TakePeriodTotal)
export class TakePeriodTotalHandler implements ICommandHandler<TakePeriodTotal> {
  constructor(private readonly work: SettlementWork) {}

  execute({ fact, meta }: TakePeriodTotal) {
    return this.work.once(meta, async (tx) => {
      await insertTotalPart(tx, fact);
      return null;
    });
  }
}
