// What becomes of a card payment that Stripe says is paid. What Stripe says must be what was asked, or nothing is booked;
// cover is made up to what the share still owes, then fee and VAT are paid, and what is more stays `unmatched`: nothing is
// funded twice, or lost.
import { accounts, transferIfAny, type Posting } from '#libs/ledger';
import type { Cents, PayerId, ProgrammeId } from '#libs/kernel';
import { askedOf, partsOf, type OwedShare, type PaidParts } from '../due-share.decision.js';

export const EVENT_OUTCOMES = [
  'no_session', 'other_mode', 'unknown_session', 'not_paid', 'booked', 'booked_before', 'differs',
] as const;
/** What was found behind a webhook, which by itself is only a hint to look. */
export type EventOutcome = (typeof EVENT_OUTCOMES)[number];

/** What an event is worth looking at, by its head alone. */
export function outcomeAtArrival(event: Readonly<{ sessionId: string | null; livemode: boolean }>, livemode: boolean): EventOutcome | null {
  if (event.sessionId === null) return 'no_session';
  return event.livemode === livemode ? null : 'other_mode';
}

export type Asked = Readonly<{ orderId: string; payerId: PayerId; amount: Cents }>;
export type Found = Readonly<{
  orderId: string | undefined; state: string; amountCents: Cents; receivedCents: Cents; currency: string; livemode: boolean;
  paymentId: string | undefined;
}>;
export type PaidOrder = Readonly<{
  programmeId: ProgrammeId; custodyAccountId: string; isCancelled: boolean;
  shares: readonly (OwedShare & Readonly<{ payerId: PayerId }>)[];
}>;
export type Booking = Readonly<{ stripePaymentId: string; posting: Posting }> & PaidParts;

export function decideBooking(asked: Asked, found: Found, livemode: boolean, order: PaidOrder): Booking | 'not_paid' | 'differs' {
  if (found.state !== 'paid') return 'not_paid';
  const { paymentId } = found;
  const share = order.shares.find(({ payerId }) => payerId === asked.payerId);
  const isAsAsked = found.orderId === asked.orderId && found.amountCents === asked.amount && found.receivedCents === asked.amount
    && found.currency === 'EUR' && found.livemode === livemode;
  if (!isAsAsked || paymentId === undefined || share === undefined) return 'differs';
  // A page that was open when the order was cancelled may still be paid.
  const parts = partsOf(askedOf(share, order.isCancelled), asked.amount);
  return { stripePaymentId: paymentId, ...parts, posting: postingOf(order, asked.payerId, parts) };
}

/** Row 4. */
function postingOf({ programmeId, custodyAccountId }: PaidOrder, payerId: PayerId, { cover, fee, excess }: PaidParts): Posting {
  const from = accounts.clearing('settlement');
  return {
    rule: '4', custodyAccountId,
    transfers: [
      ...transferIfAny(from, accounts.issuance.prefund(programmeId, payerId), cover),
      ...transferIfAny(from, accounts.issuance.receivable(payerId), fee),
      ...transferIfAny(from, accounts.issuance.unmatched, excess),
    ],
  };
}
