import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { orderReference } from '#libs/contracts';
import { assert, dayIn, idOf, isRejected, toWire, ZERO, type Cents, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { OPERATOR_ZONE, ORDER_TOTAL_MAX, REFERENCE_DRAWS_MAX } from '../limits.js';
import { shareAmounts, type SharedOrder } from '../order-share.decision.js';
import { areTaken, insertOrder, type NewOrder } from '../order.store.js';
import { countPayers } from '../payer.store.js';
import type { Creditor, ProgrammeRule } from '../programme-rule.decision.js';
import { currentRule, orderedOf } from '../programme.store.js';
import { PlaceOrder, type PlacedOrder } from './place-order.command.js';
import { decideOrder } from './place-order.decision.js';

@CommandHandler(PlaceOrder)
export class PlaceOrderHandler implements ICommandHandler<PlaceOrder> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ request, meta }: PlaceOrder) {
    return this.work.once<PlacedOrder | Rejected>(meta, async (tx) => {
      const { programmeId, count, face, shares, onExpiry } = request;
      const rule = await currentRule(tx.sql, programmeId, tx.now);
      const ordered = rule ? await orderedBefore(tx, rule) : ZERO;
      const payersKnown = (await countPayers(tx.sql, shares.map(({ payerId }) => payerId))) === shares.length;
      const today = dayIn(OPERATOR_ZONE, tx.now);
      const decided = decideOrder(rule, { count, face, payersKnown, today, totalMax: ORDER_TOTAL_MAX, ordered });
      if (isRejected(decided)) return decided;

      const { total } = decided;
      const drawn = await drawReferences(tx, { total, shares });
      const order = { programmeId, ruleVersion: rule!.version, count, onExpiry, ...decided, ...drawn };
      await insertOrder(tx, order, actorOf(tx));
      return placed(order, rule!.creditor);
    });
  }
}

/** Two orders at once would both find room below a limit that has it for one: only then do orders of a programme queue. */
async function orderedBefore(tx: Tx, { programmeId, limits }: ProgrammeRule): Promise<Cents> {
  if (limits.orderedMax === null) return ZERO;
  await lockByName(tx, `programme:${programmeId}`);
  return orderedOf(tx.sql, programmeId);
}

type Drawn = Pick<NewOrder, 'orderId' | 'reference' | 'shares'>;

/**
 * A payer alone pays under the reference of its order; of several each has its own, so that a credit tells whose it is.
 * References are drawn and short: when one is taken already, all are drawn again.
 */
async function drawReferences(tx: Tx, order: SharedOrder): Promise<Drawn> {
  const amounts = shareAmounts(order);
  for (let draw = 1; draw <= REFERENCE_DRAWS_MAX; draw += 1) {
    const orderId = idOf('order', tx.newId());
    const reference = orderReference(orderId);
    const shares = order.shares.map((share, at) => ({
      ...share, amount: amounts[at]!, reference: order.shares.length === 1 ? reference : orderReference(tx.newId()),
    }));
    const references = [reference, ...shares.map((share) => share.reference)];
    const isApart = new Set(references).size === (shares.length === 1 ? 1 : references.length);
    if (isApart && !(await areTaken(tx, references))) return { orderId, reference, shares };
  }
  assert(false, `no free order references in ${REFERENCE_DRAWS_MAX} draws`);
}

const placed = ({ orderId, reference, count, face, total, shares }: NewOrder, creditor: Creditor): PlacedOrder => ({
  orderId, reference, count, faceCents: toWire(face), amountCents: toWire(total), currency: 'EUR',
  shares: shares.map(({ amount, ...share }) => ({ ...share, amountCents: toWire(amount) })), creditor,
});
