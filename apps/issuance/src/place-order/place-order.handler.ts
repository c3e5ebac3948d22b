import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayIn, isRejected, toWire, type Rejected } from '#libs/kernel';
import { acceptOrder } from '../accepted-order.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { OPERATOR_ZONE, ORDER_TOTAL_MAX } from '../limits.js';
import type { NewOrder } from '../order.store.js';
import { countPayers } from '../payer.store.js';
import { currentRule, type Creditor } from '../programme.store.js';
import { priceShares } from '../share-amounts.decision.js';
import { PlaceOrder, type PlacedOrder } from './place-order.command.js';
import { decideOrder } from './place-order.decision.js';

@CommandHandler(PlaceOrder)
export class PlaceOrderHandler implements ICommandHandler<PlaceOrder> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ request, meta }: PlaceOrder) {
    return this.work.once<PlacedOrder | Rejected>(meta, async (tx) => {
      const { programmeId, count, face, shares: agreed, ...terms } = request;
      const rule = await currentRule(tx.sql, programmeId);
      const payersKnown = (await countPayers(tx.sql, agreed.map(({ payerId }) => payerId))) === agreed.length;
      const today = dayIn(OPERATOR_ZONE, tx.now);
      const decided = decideOrder(rule, { count, face, payersKnown, today, totalMax: ORDER_TOTAL_MAX });
      if (isRejected(decided)) return decided;
      const shares = priceShares({ total: decided.total, sharing: terms.sharing, shares: agreed });
      if (isRejected(shares)) return shares;

      const asked = { ...terms, orderId: null, programmeId, ruleVersion: rule!.version, count, ...decided, shares };
      return placed(await acceptOrder(tx, asked, actorOf(tx)), rule!.creditor);
    });
  }
}

const placed = ({ orderId, reference, count, face, total, shares }: NewOrder, creditor: Creditor): PlacedOrder => ({
  orderId, reference, count, faceCents: toWire(face), amountCents: toWire(total), currency: 'EUR',
  shares: shares.map(({ amount, cap, ...share }) => ({ ...share, capCents: cap === null ? null : toWire(cap), amountCents: toWire(amount) })), creditor,
});
