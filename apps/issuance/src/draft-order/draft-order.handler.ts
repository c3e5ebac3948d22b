import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayIn, idOf, isRejected, type Rejected } from '#libs/kernel';
import { IssuanceWork } from '../issuance.work.js';
import { OPERATOR_ZONE } from '../limits.js';
import { decideChange } from '../order-draft.decision.js';
import { insertDraft, lockDraft, updateDraft } from '../order-draft.store.js';
import { insertStep } from '../order-step.store.js';
import { priceOrder } from '../price-order.js';
import { DraftOrder, ReviseDraft, type DraftedOrder } from './draft-order.command.js';

/** A draft is priced when it is written, so that what could never be quoted is refused at once; the price is not kept. */
@CommandHandler(DraftOrder)
export class DraftOrderHandler implements ICommandHandler<DraftOrder> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ content, meta }: DraftOrder) {
    return this.work.once<DraftedOrder | Rejected>(meta, async (tx) => {
      const priced = await priceOrder(tx, content);
      if (isRejected(priced)) return priced;
      const orderId = idOf('order', tx.newId());
      await insertDraft(tx, orderId, content);
      await insertStep(tx, orderId, { step: 'drafted' });
      return { orderId, revision: 1 };
    });
  }
}

@CommandHandler(ReviseDraft)
export class ReviseDraftHandler implements ICommandHandler<ReviseDraft> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ orderId, payerId, content, meta }: ReviseDraft) {
    return this.work.once<DraftedOrder | Rejected>(meta, async (tx) => {
      const draft = await lockDraft(tx, orderId, payerId);
      const refused = decideChange(draft, dayIn(OPERATOR_ZONE, tx.now));
      if (refused) return refused;
      const priced = await priceOrder(tx, content);
      if (isRejected(priced)) return priced;
      await updateDraft(tx, orderId, content);
      await insertStep(tx, orderId, { step: 'revised' });
      return { orderId, revision: draft!.revision + 1 };
    });
  }
}
