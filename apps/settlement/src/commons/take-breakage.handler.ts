import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { COMMONS_POOL } from '../limits.js';
import { SettlementWork } from '../settlement.work.js';
import { breakagePosting } from './breakage.decision.js';
import { TakeBreakage } from './take-breakage.command.js';

@CommandHandler(TakeBreakage)
export class TakeBreakageHandler implements ICommandHandler<TakeBreakage> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ statement, meta }: TakeBreakage): Promise<void> {
    await this.work.once(meta, async (tx) => {
      const posting = breakagePosting(statement, COMMONS_POOL);
      if (posting) await tx.postTaken(posting);
    });
  }
}
