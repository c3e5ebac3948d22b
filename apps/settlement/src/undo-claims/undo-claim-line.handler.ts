import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { lockByName } from '../database.store.js';
import { SettlementWork } from '../settlement.work.js';
import { CLOSING_LOCK } from '../statement-closings/closing.store.js';
import { undoClaimLine } from './undo-claim-line.js';
import { UndoClaimLine } from './undo-claim-line.command.js';

@CommandHandler(UndoClaimLine)
export class UndoClaimLineHandler implements ICommandHandler<UndoClaimLine> {
  constructor(private readonly work: SettlementWork) {}

  execute({ fact, meta }: UndoClaimLine) {
    return this.work.once(meta, async (tx) => {
      // So that the database sees every closing that there is when it judges whether this comes too late.
      await lockByName(tx, CLOSING_LOCK);
      await undoClaimLine(tx, fact);
      return null;
    });
  }
}
