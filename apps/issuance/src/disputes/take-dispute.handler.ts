import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { assert, cents, idOf, minus, ZERO, type Cents, type OrderId, type PayerId } from '#libs/kernel';
import { OVERSEER, readAs, type Tx } from '#libs/persistence';
import { lockCover } from '../activation.store.js';
import { IssuanceWork } from '../issuance.work.js';
import { addFunded, lockOrder, type Order } from '../order.store.js';
import { decideDispute, decideWonDispute } from './dispute.decision.js';
import {
  activatedOf, disputeOf, givenBackOf, insertDispute, insertDisputeEnd, insertFrozenBatch, isWon, listDisputes, receiptOf, unmatchedBalance,
} from './dispute.store.js';
import type { ShownDispute } from './disputes.commands.js';
import { ListDisputes, NoteFrozenBatch, TakeDispute, TakeDisputeEnd } from './disputes.commands.js';

@CommandHandler(TakeDispute)
export class TakeDisputeHandler implements ICommandHandler<TakeDispute> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ dispute, eventId, meta }: TakeDispute): Promise<void> {
    await this.work.once(meta, async (tx) => {
      const { order, payerId } = await lockParty(tx, dispute);
      const receipt = await receiptOf(tx, idOf('cardPayment', dispute.cardPaymentId));
      const { programmeId, orderId } = order;
      // As activations lock it: what they leave is taken back, and no more.
      const available = (await lockCover(tx, programmeId, [payerId])).get(payerId) ?? ZERO;
      const taken = decideDispute({
        ...receipt, custodyAccountId: dispute.custodyAccountId, programmeId, payerId, available,
        funded: minus(shareOf(order, payerId).funded, await givenBackOf(tx, orderId, payerId)),
        activated: await activatedOf(tx, orderId, payerId), unmatched: await unmatchedBalance(tx),
      }, cents(dispute.amountCents), await isWon(tx, dispute.disputeId));
      const restEventId = taken.rest ? await tx.post(taken.rest, `order:${orderId}`) : null;
      await insertDispute(tx, dispute, { ...taken, restEventId }, eventId);
      if (taken.cover > 0n) await addFunded(tx, orderId, payerId, cents(-taken.cover));
      await tx.postTaken(taken.posting);
    });
  }
}

@CommandHandler(TakeDisputeEnd)
export class TakeDisputeEndHandler implements ICommandHandler<TakeDisputeEnd> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ end, eventId, meta }: TakeDisputeEnd): Promise<void> {
    await this.work.once(meta, async (tx) => {
      const { order, payerId } = await lockParty(tx, end);
      const amount = cents(end.amountCents);
      if (end.outcome === 'lost') return insertDisputeEnd(tx, end, { cover: ZERO, excess: ZERO, restEventId: null }, eventId);
      const { orderId, programmeId } = order;
      const share = shareOf(order, payerId);
      const again = decideWonDispute({
        custodyAccountId: end.custodyAccountId, programmeId, payerId, due: minus(share.amount, share.funded),
        takenBack: (await disputeOf(tx, end.disputeId))?.takenBack ?? ZERO,
      }, amount);
      const restEventId = again.rest ? await tx.post(again.rest, `order:${orderId}`) : null;
      await insertDisputeEnd(tx, end, { ...again, restEventId }, eventId);
      if (again.cover > 0n) await addFunded(tx, orderId, payerId, again.cover);
      await tx.postTaken(again.posting);
    });
  }
}

@CommandHandler(NoteFrozenBatch)
export class NoteFrozenBatchHandler implements ICommandHandler<NoteFrozenBatch> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ frozen, eventId, meta }: NoteFrozenBatch): Promise<void> {
    await this.work.once(meta, (tx) => insertFrozenBatch(tx, frozen, eventId));
  }
}

@QueryHandler(ListDisputes)
export class ListDisputesHandler implements IQueryHandler<ListDisputes> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ filter }: ListDisputes): Promise<readonly ShownDispute[]> {
    return readAs(this.work, filter.payerId ?? OVERSEER, (sql) => listDisputes(sql, filter));
  }
}

async function lockParty(tx: Tx, fact: Readonly<{ orderId: string; payerId: string }>): Promise<{ order: Order; payerId: PayerId }> {
  const orderId: OrderId = idOf('order', fact.orderId);
  const order = await lockOrder(tx, orderId);
  assert(order, `order ${orderId} of a disputed payment is not ours`);
  return { order, payerId: idOf('payer', fact.payerId) };
}

function shareOf(order: Order, payerId: PayerId): Readonly<{ amount: Cents; funded: Cents }> {
  const share = order.shares.find((one) => one.payerId === payerId);
  assert(share, `payer ${payerId} has no share of order ${order.orderId}`);
  return share;
}
