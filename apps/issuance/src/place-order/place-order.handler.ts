import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected, toWire, type Rejected } from '#libs/kernel';
import { acceptOrder } from '../accepted-order.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import type { NewOrder } from '../order.store.js';
import { priceOrder } from '../price-order.js';
import type { Creditor } from '../programme-rule.decision.js';
import { PlaceOrder, type PlacedOrder } from './place-order.command.js';

@CommandHandler(PlaceOrder)
export class PlaceOrderHandler implements ICommandHandler<PlaceOrder> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ request, meta }: PlaceOrder) {
    return this.work.once<PlacedOrder | Rejected>(meta, async (tx) => {
      const priced = await priceOrder(tx, request);
      if (isRejected(priced)) return priced;
      const { creditor, ...order } = priced;
      return placed(await acceptOrder(tx, { ...order, orderId: null }, actorOf(tx)), creditor);
    });
  }
}

const placed = ({ orderId, reference, count, face, total, shares }: NewOrder, creditor: Creditor): PlacedOrder => ({
  orderId, reference, count, faceCents: toWire(face), amountCents: toWire(total), currency: 'EUR',
  shares: shares.map(({ amount, cap, ...share }) =>
    ({ ...share, capCents: cap === null ? null : toWire(cap), amountCents: toWire(amount) })), creditor,
});
