import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected, reject, toWire, type OrderId, type PayerId, type Rejected } from '#libs/kernel';
import { accounts } from '#libs/ledger';
import { OVERSEER, readAs, type Sql, type Tx } from '#libs/persistence';
import { balancesOf, lockCover } from '../activation.store.js';
import { creditCancelled } from '../invoices/credit-order.js';
import { IssuanceWork } from '../issuance.work.js';
import { CANCELLATION_TERMS } from '../limits.js';
import { listDrafts, lockDraft, type Draft } from '../order-draft.store.js';
import { insertStep } from '../order-step.store.js';
import { lockOrder, readOrder, type Order } from '../order.store.js';
import { request as requestRefunds } from '../refunds/request-refunds.handler.js';
import { coverPosting } from '../refunds/request-refunds.decision.js';
import { withReadableOrder } from '../readable-order.js';
import { CancelOrder, PreviewCancellation, type AskedCancellation, type CancelledOrder } from './cancel-order.command.js';
import {
  confirmCancellation, decideCancellation, NOTHING_YET, type CancellableOrder, type Cancellation,
} from './cancel-order.decision.js';
import { batchesInHand, hasExpired, insertCancellation, invoicedFees } from './cancellation.store.js';

/** The draft is locked before its order, as its last acceptance does, which makes the order. */
@CommandHandler(CancelOrder)
export class CancelOrderHandler implements ICommandHandler<CancelOrder> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ asked, meta }: CancelOrder) {
    return this.work.once<CancelledOrder | Rejected>(meta, async (tx) => {
      const { orderId, payerId, production, reason } = asked;
      const draft = await lockDraft(tx, orderId, payerId);
      if (draft && !draft.isOrder) return cancelDraft(tx, draft, asked);
      if (payerId !== null) return reject((await isPayerOf(tx, asked)) ? 'cancellation_not_yours' : 'order_not_found');
      const order = await lockOrder(tx, orderId);
      const cover = order && (await lockCover(tx, order.programmeId, order.shares.map((share) => share.payerId)));
      const decided = confirmCancellation(
        decideCancellation(order && (await cancellable(tx.sql, order, cover!)), production, CANCELLATION_TERMS));
      return isRejected(decided) ? decided : cancel(tx, order!, decided, reason);
    });
  }
}

const isPayerOf = async (tx: Tx, { orderId, payerId }: AskedCancellation): Promise<boolean> =>
  (await readOrder(tx.sql, orderId))?.shares.some((share) => share.payerId === payerId) ?? false;

async function cancelDraft(tx: Tx, draft: Draft, { payerId, reason }: AskedCancellation): Promise<CancelledOrder | Rejected> {
  if (draft.isCancelled) return reject('order_cancelled');
  if (payerId !== null && draft.shares[0]!.payerId !== payerId) return reject('cancellation_not_yours');
  await insertStep(tx, draft.orderId, { step: 'cancelled', reason });
  return cancelled(draft.orderId, NOTHING_YET, []);
}

/** Row 25 per payer, then row 26 by the refunds, in the order of payer ids, as whoever draws on cover takes them. */
async function cancel(tx: Tx, order: Order, decided: Cancellation, reason: string): Promise<CancelledOrder> {
  const { orderId, programmeId, custodyAccountId } = order;
  await insertStep(tx, orderId, { step: 'cancelled', reason });
  await insertCancellation(tx, orderId, decided);
  await creditCancelled(tx, order, decided);
  const refunds = decided.shares.filter(({ back }) => back > 0n).map(({ payerId, back }) => ({ payerId, amount: back }))
    .sort((a, b) => (a.payerId < b.payerId ? -1 : 1));
  for (const refund of refunds) await tx.post(coverPosting(programmeId, custodyAccountId, refund), `order:${orderId}`);
  const requested = await requestRefunds(tx, { kind: 'refunds', custodyAccountId, refunds }, { statementId: null, programmeId, orderId });
  return cancelled(orderId, decided, requested.refunds);
}

async function cancellable(sql: Sql, order: Order, cover: CancellableOrder['cover']): Promise<CancellableOrder> {
  const { orderId } = order;
  return {
    ...order, cover, funded: new Map(order.shares.map(({ payerId, funded }) => [payerId, funded])),
    isExpired: await hasExpired(sql, orderId), fees: await invoicedFees(sql, orderId), batches: await batchesInHand(sql, orderId),
  };
}

const cancelled = (orderId: OrderId, decided: Cancellation, refunds: CancelledOrder['refunds']): CancelledOrder => ({
  orderId, stage: decided.stage, indemnityCents: toWire(decided.indemnity), productionCents: toWire(decided.production),
  backAtEndCents: toWire(decided.backAtEnd), staysCents: toWire(decided.stays), currency: 'EUR', refunds,
  shares: decided.shares.map(({ payerId, cost, back }) => ({ payerId, costCents: toWire(cost), backCents: toWire(back) })),
});

@QueryHandler(PreviewCancellation)
export class PreviewCancellationHandler implements IQueryHandler<PreviewCancellation> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ asked: { orderId, payerId, production } }: PreviewCancellation): Promise<Cancellation | Rejected> {
    const [draft] = await readAs(this.work, payerId ?? OVERSEER, (sql) => listDrafts(sql, { payerId, before: null, orderId, rowsMax: 1 }));
    if (draft && !draft.isOrder) return draft.isCancelled ? reject('order_cancelled') : NOTHING_YET;
    const facts = await withReadableOrder(this.work, { orderId, payerId }, async (sql, order) =>
      cancellable(sql, order, await coverOf(sql, order)));
    const decided = decideCancellation(facts, production, CANCELLATION_TERMS);
    if (isRejected(decided)) return decided;
    return { ...decided, shares: decided.shares.filter((share) => payerId === null || share.payerId === payerId) };
  }
}

const coverOf = (sql: Sql, { programmeId, shares }: Order): Promise<ReadonlyMap<PayerId, CancellableOrder['activated']>> =>
  balancesOf(sql, new Map(shares.map(({ payerId }) => [accounts.issuance.prefund(programmeId, payerId), payerId])));
