import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { earnedOf } from './earned-total.decision.js';
import { insertEarnedTotal } from './own-money.store.js';
import { TakeEarnedTotal } from './take-earned-total.command.js';

@CommandHandler(TakeEarnedTotal)
export class TakeEarnedTotalHandler implements ICommandHandler<TakeEarnedTotal> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ totals, eventId, meta }: TakeEarnedTotal): Promise<void> {
    await this.work.once(meta, async (tx) => {
      await insertEarnedTotal(tx, { number: totals.number, cutAt: totals.cutAt, eventId }, earnedOf(totals));
      return null;
    });
  }
}
