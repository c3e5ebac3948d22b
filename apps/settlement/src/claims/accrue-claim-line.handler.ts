import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { resumeUndo } from '../undo-claims/undo-claim-line.js';
import { AccrueClaimLine } from './accrue-claim-line.command.js';
import { accrualOf } from './accrue-claim-line.decision.js';
import { insertClaimLine } from './claim-line.store.js';

@CommandHandler(AccrueClaimLine)
export class AccrueClaimLineHandler implements ICommandHandler<AccrueClaimLine> {
  constructor(private readonly work: SettlementWork) {}

  execute({ fact, sourceSeq, meta }: AccrueClaimLine) {
    return this.work.once(meta, async (tx) => {
      const payeeId = await insertClaimLine(tx, fact, sourceSeq);
      if (!payeeId) return null;
      await tx.postTaken(accrualOf(fact, payeeId));
      await resumeUndo(tx, fact.redemptionId);
      return null;
    });
  }
}
