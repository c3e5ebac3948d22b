// What a payer may be asked to pay by card: what its share still owes, into the account that holds the programme's money.
import { minus, reject, toWire, ZERO, type Cents, type PayerId, type Rejected } from '#libs/kernel';
import { namedShare } from '../match-receipt/match-receipt.decision.js';
import type { RefusalCode } from '../refusals.js';

type Share = Readonly<{ payerId: PayerId; reference: string; amount: Cents; funded: Cents }>;
export type PayableOrder = Readonly<{ custodyAccountId: string; shares: readonly Share[] }>;
export type Asking = Readonly<{
  /** Null for the operator, who may ask for any payer. */
  caller: PayerId | null;
  payerId: PayerId | null;
  /** Where cards pay into; undefined when Stripe is not connected. */
  cardAccount: string | undefined;
}>;

/** How much of direct debits may be open in all and of one payer, and how much is. */
export type Exposure = Readonly<{ limit: Cents; limitPerPayer: Cents; open: Cents; openOfPayer: Cents }>;

/** Pages that are open at once may each be paid: what is then too much is found when it is booked. */
export function decideCardPayment(order: PayableOrder | undefined, asking: Asking): Share & { due: Cents } | Rejected<RefusalCode> {
  if (!order) return reject('order_not_found');
  const share = namedShare(order.shares, asking.caller ?? asking.payerId);
  // An order of other payers is as unknown to a payer as one that does not exist.
  if ('kind' in share) return asking.caller === null ? share : reject('order_not_found');
  if (asking.cardAccount === undefined) return reject('card_account_missing');
  if (asking.cardAccount !== order.custodyAccountId) return reject('card_account_other');
  const due = minus(share.amount, share.funded);
  return due === ZERO ? reject('order_fully_funded') : { ...share, due };
}

/** A debit is asked for only while all that may still be taken back stays within what the operator is ready to lose. */
export function decideExposure(due: Cents, exposure: Exposure | undefined): Rejected<RefusalCode> | undefined {
  if (!exposure) return reject('sepa_debit_off');
  const [inAll, ofPayer] = [minus(exposure.limit, exposure.open), minus(exposure.limitPerPayer, exposure.openOfPayer)];
  const left = inAll < ofPayer ? inAll : ofPayer;
  return due > left ? reject('sepa_exposure_exceeded', { amountCents: toWire(due), leftCents: Math.max(0, toWire(left)) }) : undefined;
}
