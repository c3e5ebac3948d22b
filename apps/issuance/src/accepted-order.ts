// An order exists from here on: placed directly, or accepted by the last of its payers. Whatever begins when an order is
// accepted begins in `acceptOrder`, in the transaction that makes its row.
import { orderReference } from '#libs/contracts';
import { assert, idOf, type OrderId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { REFERENCE_DRAWS_MAX } from './limits.js';
import { areTaken, insertOrder, type NewOrder } from './order.store.js';
import type { PricedShare } from './share-amounts.decision.js';

/** `orderId`: that of the draft which the order comes of; null where it is placed directly. */
export type AcceptedOrder = Omit<NewOrder, 'orderId' | 'reference' | 'shares'>
  & Readonly<{ orderId: OrderId | null; shares: readonly PricedShare[] }>;

export async function acceptOrder(tx: Tx, accepted: AcceptedOrder, acceptedBy: string): Promise<NewOrder> {
  const order: NewOrder = { ...accepted, ...(await drawReferences(tx, accepted)) };
  await insertOrder(tx, order, acceptedBy);
  return order;
}

type Drawn = Pick<NewOrder, 'orderId' | 'reference' | 'shares'>;

/**
 * A payer alone pays under the reference of its order; of several each has its own, so that a credit tells whose it is.
 * References are drawn and short: when one is taken already, all are drawn again.
 */
async function drawReferences(tx: Tx, { orderId: given, shares: priced }: AcceptedOrder): Promise<Drawn> {
  for (let draw = 1; draw <= REFERENCE_DRAWS_MAX; draw += 1) {
    const orderId = given ?? idOf('order', tx.newId());
    const reference = orderReference(draw === 1 ? orderId : tx.newId());
    const shares = priced.map((share) => ({ ...share, reference: priced.length === 1 ? reference : orderReference(tx.newId()) }));
    const references = [reference, ...shares.map((share) => share.reference)];
    const isApart = new Set(references).size === (shares.length === 1 ? 1 : references.length);
    if (isApart && !(await areTaken(tx, references))) return { orderId, reference, shares };
  }
  assert(false, `no free order references in ${REFERENCE_DRAWS_MAX} draws`);
}
