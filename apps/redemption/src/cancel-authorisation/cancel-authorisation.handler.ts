import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { VoucherReleasedV1 } from '#libs/contracts';
import { isRejected, toWire, type Rejected } from '#libs/kernel';
import { tillRefusal } from '../device-signature/device-standing.store.js';
import { RedemptionWork } from '../redemption.work.js';
import { CancelAuthorisation, type CancelledAuthorisation } from './cancel-authorisation.command.js';
import { decideCancellation } from './cancel-authorisation.decision.js';
import { endHold, insertCancelled, lockCancellable } from './cancelled.store.js';

@CommandHandler(CancelAuthorisation)
export class CancelAuthorisationHandler implements ICommandHandler<CancelAuthorisation> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ authorisationId, till, meta }: CancelAuthorisation) {
    return this.work.once<CancelledAuthorisation | Rejected>(meta, async (tx) => {
      const stopped = await tillRefusal(tx, till);
      if (stopped) return stopped;
      const found = await lockCancellable(tx, authorisationId);
      const decided = decideCancellation(found, { placeId: till.placeId, at: tx.now });
      if (isRejected(decided)) return decided;
      const amountCents = toWire(found!.amount);
      if (decided.kind === 'known') return { authorisationId, amountCents, cancelledAt: decided.cancelledAt.toISOString() };

      const id = await tx.emit(VoucherReleasedV1, { subject: `authorisation:${authorisationId}`, subjectVersion: 2, body: decided.event });
      await insertCancelled(tx, authorisationId, id);
      await endHold(tx, found!);
      return { authorisationId, amountCents, cancelledAt: decided.event.cancelledAt };
    });
  }
}
