import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { RedemptionUndoneV1 } from '#libs/contracts';
import { idOf, isRejected, toWire, type Rejected } from '#libs/kernel';
import { tillRefusal } from '../device-signature/device-standing.store.js';
import { UNDO_WINDOW_MS } from '../limits.js';
import { holdPeriodOpen } from '../period-closing.store.js';
import { RedemptionWork } from '../redemption.work.js';
import { UndoRedemption, type UndoneRedemption, type UndoneVoucher } from './undo-redemption.command.js';
import { decideUndoTogether } from './undo-redemption.decision.js';
import { insertUndone, lockUndoables, putBack } from './undone.store.js';

@CommandHandler(UndoRedemption)
export class UndoRedemptionHandler implements ICommandHandler<UndoRedemption> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ redemptionId, asked, meta }: UndoRedemption) {
    return this.work.once<UndoneRedemption | Rejected>(meta, async (tx) => {
      const stopped = asked.by.kind === 'till' && await tillRefusal(tx, asked.by);
      if (stopped) return stopped;
      // Before the voucher: a till that wants it would else wait for a closing that we wait for.
      await holdPeriodOpen(tx);
      const found = await lockUndoables(tx, redemptionId);
      const decided = decideUndoTogether(found, { ...asked, at: tx.now, windowMs: UNDO_WINDOW_MS });
      if (isRejected(decided)) return decided;

      for (const { of, event: body, posting } of decided) {
        const undoId = idOf('undo', tx.newId());
        await insertUndone(tx, undoId, of, asked.reason);
        await putBack(tx, of);
        await tx.emit(RedemptionUndoneV1, { subject: `redemption:${of.redemptionId}`, subjectVersion: 2, id: undoId, body, posting });
      }
      const [first, ...others] = decided.map(({ of, balanceAfter }): UndoneVoucher =>
        ({ redemptionId: of.redemptionId, amountCents: toWire(of.amount), balanceCents: toWire(balanceAfter) }));
      return { ...first!, with: others, undoneAt: tx.now.toISOString() };
    });
  }
}
