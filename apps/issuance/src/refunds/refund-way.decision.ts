// The way back is the way by which the money came: to the card that paid, while that is sensible, and otherwise by bank. A
// transfer or a debit came from a bank account, and goes back to one that two people have checked.
import { minus, ZERO, type Cents } from '#libs/kernel';
import { CARD_REFUND_MS } from '../limits.js';

/** A payment by card; `left` is what of it neither went back nor was taken back. */
export type RefundableCard = Readonly<{ stripePaymentId: string; left: Cents; paidAt: Date }>;
export type RefundPart = Readonly<{ amount: Cents; stripePaymentId: string | null }>;

/** `cards` of this payer alone, for what is refunded, the latest first. The parts add up to the amount, to the cent. */
export function refundParts(amount: Cents, cards: readonly RefundableCard[], now: Date): RefundPart[] {
  const parts: RefundPart[] = [];
  let rest = amount;
  for (const { stripePaymentId, left, paidAt } of cards) {
    const part = rest < left ? rest : left;
    if (part <= ZERO || now.getTime() - paidAt.getTime() > CARD_REFUND_MS) continue;
    parts.push({ amount: part, stripePaymentId });
    rest = minus(rest, part);
  }
  if (rest > ZERO) parts.push({ amount: rest, stripePaymentId: null });
  return parts;
}
