import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayIn } from '#libs/kernel';
import { lockPools } from '../allocations/allocation.store.js';
import { BANK_TIME_ZONE, COMMONS_POOL } from '../limits.js';
import { SettlementWork } from '../settlement.work.js';
import { insertCommonsShares } from '../sharing-rules/commons-share.store.js';
import { sharingRulesOn } from '../sharing-rules/sharing-rule.store.js';
import { breakagePosting } from './breakage.decision.js';
import { TakeBreakage } from './take-breakage.command.js';

@CommandHandler(TakeBreakage)
export class TakeBreakageHandler implements ICommandHandler<TakeBreakage> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ statement, meta }: TakeBreakage): Promise<void> {
    await this.work.once(meta, async (tx) => {
      // Of the day on which it was signed: whoever takes it late, or again, does not choose the rule by that.
      const signedOn = dayIn(BANK_TIME_ZONE, new Date(tx.origin.message!.occurredAt));
      const given = breakagePosting(statement, COMMONS_POOL, await sharingRulesOn(tx.sql, signedOn));
      if (!given) return;
      await lockPools(tx);
      await tx.postTaken(given.posting);
      await insertCommonsShares(tx, [{ eventId: tx.origin.message!.id, source: 'breakage', sourceId: statement.statementId, shares: given.shares }]);
    });
  }
}
