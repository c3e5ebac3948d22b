// What a draft would cost now, of whom: asked when it is written and when it is quoted, by the same rule as a direct order.
import { dayIn, isRejected, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { OPERATOR_ZONE, ORDER_TOTAL_MAX } from '../limits.js';
import type { DraftContent, NewQuote } from '../order-draft.store.js';
import { countPayers } from '../payer.store.js';
import { decideOrder } from '../place-order/place-order.decision.js';
import { currentRule } from '../programme.store.js';
import { priceShares } from '../share-amounts.decision.js';
import { quoteLines } from './quote-lines.decision.js';

export type PricedDraft = Omit<NewQuote, 'version' | 'validUntil'>;

export async function priceDraft(tx: Tx, content: DraftContent): Promise<PricedDraft | Rejected> {
  const { programmeId, count, face, shares: agreed, onExpiry, sharing, paper, activateOn } = content;
  const rule = await currentRule(tx.sql, programmeId);
  const payersKnown = (await countPayers(tx.sql, agreed.map(({ payerId }) => payerId))) === agreed.length;
  const decided = decideOrder(rule, { count, face, payersKnown, today: dayIn(OPERATOR_ZONE, tx.now), totalMax: ORDER_TOTAL_MAX });
  if (isRejected(decided)) return decided;
  const shares = priceShares({ total: decided.total, sharing, shares: agreed });
  if (isRejected(shares)) return shares;
  return {
    programmeId, ruleVersion: rule!.version, count, face: decided.face, total: decided.total, onExpiry, sharing, paper, activateOn, shares,
    lines: quoteLines({ count, face: decided.face }),
  };
}
