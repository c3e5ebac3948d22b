// May an authorisation become a redemption? It is decided anew, by the rules and on the day of the confirmation, and its own
// hold does not stand in its way. So whether the hold has lapsed is not asked: a voucher that is still there is taken, and
// one that is not gets the refusal that says what has become of it. Pure.
import { reject, toWire, type Cents } from '#libs/kernel';
import { decideRedemption, type Attempt, type Standing, type Voucher } from '../redeem-voucher/redeem-voucher.decision.js';

export type Authorised = Readonly<{ amount: Cents; cancelled: boolean }>;

/** The attempt says how much; without an amount all that was authorised. */
export function decideConfirmation(voucher: Voucher | undefined, attempt: Attempt, standing: Standing, authorised: Authorised) {
  if (authorised.cancelled) return reject('authorisation_cancelled');
  const amount = attempt.amount ?? authorised.amount;
  if (amount > authorised.amount) return reject('amount_over_authorised', { authorisedCents: toWire(authorised.amount) });
  return decideRedemption(voucher, { ...attempt, amount }, standing);
}
