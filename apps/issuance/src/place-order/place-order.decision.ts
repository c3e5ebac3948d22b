import { cents, reject, toWire, type Cents, type LocalDate, type Rejected } from '#libs/kernel';
import type { ProgrammeRule, RuleLimits } from '../programme-rule.decision.js';
import type { RefusalCode } from '../refusals.js';

export type OrderableRule = Pick<ProgrammeRule, 'state' | 'effectiveFrom' | 'face' | 'faceMin' | 'faceMax' | 'usableUntil' | 'limits'>;
export type Wish = Readonly<{
  count: number; face: Cents | null; payersKnown: boolean; today: LocalDate; totalMax: Cents;
  /** What all orders of the programme come to without this one. */
  ordered: Cents;
}>;
export type Price = Readonly<{ face: Cents; total: Cents }>;

export function decideOrder(rule: OrderableRule | undefined, wish: Wish): Price | Rejected<RefusalCode> {
  if (!wish.payersKnown) return reject('payer_not_found');
  if (!rule) return reject('programme_not_found');
  if (rule.state === 'to_come') return reject('programme_not_open', { effectiveFrom: rule.effectiveFrom });
  if (wish.today > rule.usableUntil) return reject('programme_ended', { usableUntil: rule.usableUntil });
  const face = wish.face ?? rule.face;
  if (face < rule.faceMin || face > rule.faceMax) {
    return reject('face_not_allowed', { programmeFaceCents: toWire(rule.face), faceCentsMin: toWire(rule.faceMin), faceCentsMax: toWire(rule.faceMax) });
  }
  return within(rule.limits, wish, face);
}

function within({ orderCountMin, orderCountMax, orderedMax }: RuleLimits, wish: Wish, face: Cents): Price | Rejected<RefusalCode> {
  const { count, ordered, totalMax } = wish;
  if (count < (orderCountMin ?? count) || count > (orderCountMax ?? count)) {
    return reject('order_count_not_allowed', { orderCountMin, orderCountMax });
  }
  const total = cents(BigInt(count) * face);
  if (total > totalMax) return reject('order_too_large', { amountCentsMax: toWire(totalMax) });
  if (orderedMax !== null && ordered + total > orderedMax) {
    return reject('programme_limit_reached', { orderedCentsMax: toWire(orderedMax), orderedCents: toWire(ordered) });
  }
  return { face, total };
}
