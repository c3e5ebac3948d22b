import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { cents, dayIn, idOf, isRejected, toWire, type Cents, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import {
  insertStatement, isOrderSigned, nextVersion, payersOf, type NewStatement,
} from '../contradictory-statement.store.js';
import { readOrderEnd, type OrderEnd } from '../expiry.store.js';
import type { LaterDates } from '../extend-order/later-dates.decision.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { OPERATOR_ZONE } from '../limits.js';
import { lockOrder, type Order } from '../order.store.js';
import { DrawUpStatement, type DrawnStatement } from './contradictory-statements.commands.js';
import { decideStatement, type DecidedStatement } from './draw-up-statement.decision.js';
import { statementDocument } from './statement-document.js';

@CommandHandler(DrawUpStatement)
export class DrawUpStatementHandler implements ICommandHandler<DrawUpStatement> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ orderId, extension, meta }: DrawUpStatement) {
    return this.work.once<DrawnStatement | Rejected>(meta, async (tx) => {
      // The order is locked, so that no signature comes in between, and two versions get two numbers.
      const order = await lockOrder(tx, orderId);
      const end = order && await readOrderEnd(tx, orderId);
      const ended = end && { ...order, ...end, signed: await isOrderSigned(tx, orderId) };
      const decided = decideStatement(ended, extension, { today: dayIn(OPERATOR_ZONE, tx.now), now: tx.now });
      return isRejected(decided) ? decided : drawUp(tx, order!, end!, { ...decided, extension });
    });
  }
}

type ToDrawUp = DecidedStatement & Readonly<{ extension: LaterDates | null }>;

async function drawUp(tx: Tx, order: Order, end: OrderEnd, { outcome, shares, extension }: ToDrawUp): Promise<DrawnStatement> {
  const { orderId, activated } = order;
  const [statementId, version] = [idOf('contradictoryStatement', tx.newId()), await nextVersion(tx, orderId)];
  const { programmeName, payers } = await payersOf(tx, orderId);
  const document = statementDocument({
    statementId, version, orderId, reference: order.reference, programmeName, drawnUpAt: tx.now, outcome, extension,
    issued: { count: order.mintedCount, amount: times(order.face, order.mintedCount) },
    activated: { count: end.activatedCount, amount: activated },
    redeemed: { count: end.redeemedCount, amount: end.redeemed },
    rejected: { count: end.rejectedCount, amount: end.rejected },
    expired: { count: end.expiredCount, amount: end.expired },
  }, payers.map((payer) => ({ ...payer, share: shares.find(({ payerId }) => payerId === payer.payerId)! })));
  const statement: NewStatement = {
    statementId, orderId, version, outcome, activated, redeemed: end.redeemed, rejected: end.rejected, expired: end.expired,
    extension, shares, ...document,
  };
  await insertStatement(tx, statement, actorOf(tx));
  return {
    statementId, orderId, version, outcome, sha256: document.sha256, activatedCents: toWire(activated),
    redeemedCents: toWire(end.redeemed), rejectedCents: toWire(end.rejected), expiredCents: toWire(end.expired), extension,
    shares: shares.map(({ payerId, ...share }) =>
      ({
        payerId, activatedCents: toWire(share.activated), redeemedCents: toWire(share.redeemed), rejectedCents: toWire(share.rejected),
        expiredCents: toWire(share.expired),
      })),
  };
}

const times = (face: Cents, count: number): Cents => cents(face * BigInt(count));
