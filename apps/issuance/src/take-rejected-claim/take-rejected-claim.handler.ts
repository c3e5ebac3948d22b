import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { assert, cents, idOf, type Rejected } from '#libs/kernel';
import { readBatch } from '../batch.store.js';
import { IssuanceWork } from '../issuance.work.js';
import { lockOrder } from '../order.store.js';
import { insertRejectedClaim, rejectedOf } from './rejected-claim.store.js';
import { TakeRejectedClaim } from './take-rejected-claim.command.js';
import { decideGiveBack } from './take-rejected-claim.decision.js';

@CommandHandler(TakeRejectedClaim)
export class TakeRejectedClaimHandler implements ICommandHandler<TakeRejectedClaim> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ claim, eventId, meta }: TakeRejectedClaim) {
    return this.work.once<null | Rejected>(meta, async (tx) => {
      const batch = await readBatch(tx.sql, idOf('batch', claim.batchId));
      // The order's lock: of two rejections at once the second knows which cents the first gave back.
      const order = batch && (await lockOrder(tx, batch.orderId));
      assert(order, `a claim of batch ${claim.batchId} was rejected, which issuance never made`);
      const rejected = await rejectedOf(tx, order.orderId);
      const { shares, posting } = decideGiveBack({ ...order, rejected }, cents(claim.amountCents), claim.rule);
      await insertRejectedClaim(tx, { claim, eventId, orderId: order.orderId, shares });
      await tx.postTaken(posting);
      return null;
    });
  }
}
