// What a payer still owes of its share of an order, and what a payment pays of it: the face value first, which is cover and
// lets vouchers be activated, then the fee and the VAT that it was invoiced.
import { minus, plus, type Cents } from '#libs/kernel';

export type OwedShare = Readonly<{ amount: Cents; funded: Cents; feeDue: Cents }>;
export type PaidParts = Readonly<{ cover: Cents; fee: Cents; excess: Cents }>;

export const dueOf = ({ amount, funded, feeDue }: OwedShare): Cents => plus(minus(amount, funded), feeDue);

/** Of a cancelled order no face value is asked any more; a fee that stays earned is. */
export const askedOf = <S extends OwedShare>(share: S, isCancelled: boolean): S =>
  (isCancelled ? { ...share, amount: share.funded } : share);

/** The parts add up to `paid`. */
export function partsOf({ amount, funded, feeDue }: OwedShare, paid: Cents): PaidParts {
  const cover = least(paid, minus(amount, funded));
  const fee = least(minus(paid, cover), feeDue);
  return { cover, fee, excess: minus(minus(paid, cover), fee) };
}

const least = (a: Cents, b: Cents): Cents => (a < b ? a : b);
