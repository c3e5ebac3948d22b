import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { orderReference } from '#libs/contracts';
import { assert, dayIn, idOf, isRejected, toWire, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { OPERATOR_ZONE, ORDER_TOTAL_MAX, REFERENCE_DRAWS_MAX } from '../limits.js';
import { insertOrder, insertOrderShares, type NewOrder } from '../order.store.js';
import { countPayers } from '../payer.store.js';
import { currentRule } from '../programme.store.js';
import { PlaceOrder, type PlacedOrder } from './place-order.command.js';
import { decideOrder } from './place-order.decision.js';

@CommandHandler(PlaceOrder)
export class PlaceOrderHandler implements ICommandHandler<PlaceOrder> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ request, meta }: PlaceOrder) {
    return this.work.once<PlacedOrder | Rejected>(meta, async (tx) => {
      const { programmeId, count, face, shares, onExpiry } = request;
      const rule = await currentRule(tx.sql, programmeId);
      const payersKnown = (await countPayers(tx.sql, shares.map(({ payerId }) => payerId))) === shares.length;
      const today = dayIn(OPERATOR_ZONE, tx.now);
      const decided = decideOrder(rule, { count, face, payersKnown, today, totalMax: ORDER_TOTAL_MAX });
      if (isRejected(decided)) return decided;

      const { orderId, reference } = await keep(tx, { programmeId, ruleVersion: rule!.version, count, onExpiry, ...decided });
      await insertOrderShares(tx, orderId, shares);
      return {
        orderId, reference, count, faceCents: toWire(decided.face), amountCents: toWire(decided.total), currency: 'EUR',
        creditor: rule!.creditor,
      };
    });
  }
}

/** The reference is drawn from the id, and short: when an older order has it already, another id is drawn. */
async function keep(tx: Tx, order: Omit<NewOrder, 'orderId' | 'reference'>): Promise<NewOrder> {
  for (let draw = 1; draw <= REFERENCE_DRAWS_MAX; draw += 1) {
    const orderId = idOf('order', tx.newId());
    const drawn = { ...order, orderId, reference: orderReference(orderId) };
    if (await insertOrder(tx, drawn, actorOf(tx))) return drawn;
  }
  assert(false, `no free order reference in ${REFERENCE_DRAWS_MAX} draws`);
}
