// Can these rules be published? A version counts for orders from its day on, so that day can not be over.
import { reject, toWire, type LocalDate, type Rejected } from '#libs/kernel';
import { completed, type AskedRule, type Kind, type RuleText } from '../programme-rule.decision.js';
import type { RefusalCode } from '../refusals.js';

export type Asked = Readonly<{ text: AskedRule; kind: Kind; effectiveFrom: LocalDate | null }>;
export type Decided = RuleText & Readonly<{ effectiveFrom: LocalDate }>;

export function decideRule({ text, kind, effectiveFrom }: Asked, today: LocalDate): Decided | Rejected<RefusalCode> {
  const rule = completed(text, kind);
  const { faceMax, usableUntil, servicePrices, limits: { redemptionMax } } = rule;
  const day = effectiveFrom ?? today;
  if (day < today) return reject('effect_in_past', { today });
  // Of today they may have ended: payers that pay late are still told where to.
  if (day > today && usableUntil < day) return reject('rules_end_before_effect', { usableUntil, effectiveFrom: day });
  // A unit voucher is used whole: with a lower limit nobody could ever use it.
  if (kind === 'unit' && redemptionMax !== null && redemptionMax < faceMax) {
    return reject('limit_below_face', { faceCentsMax: toWire(faceMax) });
  }
  // And where a service may cost less than the voucher, nobody could use it for that.
  const leastBound = Math.min(...servicePrices.map(({ priceCentsMax = Infinity }) => priceCentsMax));
  if (kind === 'unit' && leastBound < toWire(faceMax)) return reject('price_bound_below_face', { faceCentsMax: toWire(faceMax) });
  return { ...rule, effectiveFrom: day };
}
