import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { RedemptionUndoneV1 } from '#libs/contracts';
import { idOf, isRejected, toWire, type Rejected } from '#libs/kernel';
import { UNDO_WINDOW_MS } from '../limits.js';
import { holdPeriodOpen } from '../period-closing.store.js';
import { RedemptionWork } from '../redemption.work.js';
import { UndoRedemption, type UndoneRedemption } from './undo-redemption.command.js';
import { decideUndo } from './undo-redemption.decision.js';
import { insertUndone, lockUndoable, putBack } from './undone.store.js';

@CommandHandler(UndoRedemption)
export class UndoRedemptionHandler implements ICommandHandler<UndoRedemption> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ redemptionId, asked, meta }: UndoRedemption) {
    return this.work.once<UndoneRedemption | Rejected>(meta, async (tx) => {
      // Before the voucher: a till that wants it would else wait for a closing that we wait for.
      await holdPeriodOpen(tx);
      const found = await lockUndoable(tx, redemptionId);
      const decided = decideUndo(found, { ...asked, at: tx.now, windowMs: UNDO_WINDOW_MS });
      if (isRejected(decided)) return decided;

      const undoId = idOf('undo', tx.newId());
      await insertUndone(tx, undoId, found!, asked.reason);
      await putBack(tx, found!);
      const { event: body, posting } = decided;
      await tx.emit(RedemptionUndoneV1, { subject: `redemption:${redemptionId}`, subjectVersion: 2, id: undoId, body, posting });
      return {
        redemptionId, amountCents: toWire(found!.amount), balanceCents: toWire(decided.balanceAfter), undoneAt: tx.now.toISOString(),
      };
    });
  }
}
