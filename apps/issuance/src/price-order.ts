// What an order would cost now, of whom: asked when it is placed, drafted, and quoted, so that one rule decides all three.
import { dayIn, isRejected, ZERO, type Cents, type ProgrammeId, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { lockByName } from './database.store.js';
import { OPERATOR_ZONE, ORDER_TOTAL_MAX } from './limits.js';
import type { DraftContent } from './order-draft.store.js';
import type { NewOrder } from './order.store.js';
import { countPayers } from './payer.store.js';
import { decideOrder } from './place-order/place-order.decision.js';
import type { Creditor, ProgrammeRule } from './programme-rule.decision.js';
import { currentRule, orderedOf } from './programme.store.js';
import { priceShares, type PricedShare } from './share-amounts.decision.js';

/** `creditor`: where it would be paid to now. */
export type PricedOrder = Omit<NewOrder, 'orderId' | 'reference' | 'shares'>
  & Readonly<{ shares: readonly PricedShare[]; creditor: Creditor }>;

export async function priceOrder(tx: Tx, content: DraftContent): Promise<PricedOrder | Rejected> {
  const { programmeId, count, face, shares: agreed, onExpiry, sharing, paper, activateOn } = content;
  const rule = await currentRule(tx.sql, programmeId, tx.now);
  const payersKnown = (await countPayers(tx.sql, agreed.map(({ payerId }) => payerId))) === agreed.length;
  const [today, ordered] = [dayIn(OPERATOR_ZONE, tx.now), rule ? await orderedBefore(tx, rule) : ZERO];
  const decided = decideOrder(rule, { count, face, payersKnown, today, totalMax: ORDER_TOTAL_MAX, ordered });
  if (isRejected(decided)) return decided;
  const shares = priceShares({ total: decided.total, sharing, shares: agreed });
  if (isRejected(shares)) return shares;
  return {
    programmeId, ruleVersion: rule!.version, count, ...decided, onExpiry, sharing, paper, activateOn, shares, creditor: rule!.creditor,
  };
}

/** Two orders at once would both find room below a limit that has it for one: only then do orders of a programme queue. */
async function orderedBefore(tx: Tx, { programmeId, limits }: ProgrammeRule): Promise<Cents> {
  if (limits.orderedMax === null) return ZERO;
  await lockByName(tx, `programme:${programmeId}`);
  return orderedOf(tx.sql, programmeId);
}

/** What may still be ordered of a programme, below zero when its limit was lowered; null: it has none. A quote holds no room. */
export async function roomLeft(tx: Tx, programmeId: ProgrammeId): Promise<bigint | null> {
  const rule = await currentRule(tx.sql, programmeId, tx.now);
  return rule && rule.limits.orderedMax !== null ? rule.limits.orderedMax - (await orderedBefore(tx, rule)) : null;
}
