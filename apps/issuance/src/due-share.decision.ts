// What a payer still owes of its share of an order, and what a payment pays of it: the face value first, which is cover and
// lets vouchers be activated, then the fee and the VAT that it was invoiced.
import { minus, plus, type Cents } from '#libs/kernel';

export type OwedShare = Readonly<{ amount: Cents; funded: Cents; feeDue: Cents }>;
export type PaidParts = Readonly<{ cover: Cents; fee: Cents; excess: Cents }>;

export const dueOf = ({ amount, funded, feeDue }: OwedShare): Cents => plus(minus(amount, funded), feeDue);

/** The parts add up to `paid`. */
export function partsOf({ amount, funded, feeDue }: OwedShare, paid: Cents): PaidParts {
  const cover = least(paid, minus(amount, funded));
  const fee = least(minus(paid, cover), feeDue);
  return { cover, fee, excess: minus(minus(paid, cover), fee) };
}

const least = (a: Cents, b: Cents): Cents => (a < b ? a : b);
