import { cents, reject, type Cents, type LocalDate, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

export type OrderableRule = Readonly<{ kind: 'unit' | 'balance'; face: Cents; usableUntil: LocalDate }>;
export type Wish = Readonly<{
  count: number; face: Cents | null; payersKnown: boolean; today: LocalDate; totalMax: Cents;
}>;
export type Price = Readonly<{ face: Cents; total: Cents }>;

export function decideOrder(rule: OrderableRule | undefined, wish: Wish): Price | Rejected<RefusalCode> {
  if (!wish.payersKnown) return reject('payer_not_found');
  if (!rule) return reject('programme_not_found');
  if (wish.today > rule.usableUntil) return reject('programme_ended', { usableUntil: rule.usableUntil });
  const face = wish.face ?? rule.face;
  const allowed = rule.kind === 'unit' ? face === rule.face : face <= rule.face;
  if (!allowed) return reject('face_not_allowed', { programmeFaceCents: Number(rule.face) });
  const total = cents(BigInt(wish.count) * face);
  return total > wish.totalMax ? reject('order_too_large', { amountCentsMax: Number(wish.totalMax) }) : { face, total };
}
