// One event as a step of money: what it is called, what it is worth, which ids it names. What no step is made of is not
// told: no name, no text, no reference that a payer wrote.
import type { Noun } from '#libs/kernel';
import type { KeptEvent, PayerPart, TracedBody } from './kept-event.decision.js';

export const STEPS = [
  'rolled_over', 'invoiced', 'invoice_credited', 'bank_credit', 'bank_credit_unknown', 'operator_paid_in', 'credit_matched', 'card_paid', 'payout_arrived', 'payout_booked', 'card_disputed', 'dispute_closed', 'batch_made', 'activated', 'extended', 'received',
  'handed_over', 'hand_over_returned', 'given_back', 'lost', 'written_off', 'stopped', 'replaced', 'expired', 'redeemed', 'undone', 'held',
  'released', 'rejected', 'corrected', 'statement_closed', 'fee_invoiced', 'gift_received', 'allocation_voted', 'early_set_aside', 'payment_debited', 'fees_with_operator',
  'payment_transferred', 'payment_returned', 'payment_transfer_reversed',
  'payment_rejected', 'payment_transfer_refused', 'early_netted', 'early_lapsed', 'debit_note_issued', 'debit_note_paid', 'debit_note_lost', 'invoice_paid',
  'order_ended', 'refund_ordered',
  'refunded_to_card', 'refund_failed', 'credit_given_back',
] as const;
export type StepName = (typeof STEPS)[number];

const NAMES: Readonly<Record<string, StepName>> = {
  'bank_credit.booked.v1': 'bank_credit', 'ledger.posted.v1': 'bank_credit_unknown', 'receipt.matched.v1': 'credit_matched',
  'payment.succeeded.v1': 'card_paid', 'payment.disputed.v1': 'card_disputed', 'payment.dispute_closed.v1': 'dispute_closed',
  'batch.created.v1': 'batch_made', 'range.activated.v1': 'activated', 'range.received.v1': 'received', 'range.handed_over.v1': 'handed_over',
  'range.returned.v1': 'hand_over_returned', 'range.given_back.v1': 'given_back', 'range.lost.v1': 'lost', 'range.written_off.v1': 'written_off',
  'voucher.stopped.v1': 'stopped', 'voucher.replaced.v1': 'replaced', 'voucher.expired_chunk.v1': 'expired', 'voucher.redeemed.v1': 'redeemed',
  'redemption.undone.v1': 'undone', 'claim_line.held.v1': 'held', 'claim_line.released.v1': 'released', 'claim_line.rejected.v1': 'rejected',
  'incident.posted.v1': 'corrected', 'debit_note.issued.v1': 'debit_note_issued', 'debit_note.paid.v1': 'debit_note_paid',
  'debit_note.lost.v1': 'debit_note_lost',
  'statement.closed.v1': 'statement_closed', 'place_invoice.issued.v1': 'fee_invoiced', 'place_invoice.paid.v1': 'invoice_paid',
  'payment.booked.v1': 'payment_debited', 'payment.returned.v1': 'payment_returned',
  'payment.rejected.v1': 'payment_rejected', 'payment.transferred.v1': 'payment_transferred', 'payment.transfer_reversed.v1': 'payment_transfer_reversed',
  'payment.transfer_refused.v1': 'payment_transfer_refused', 'contradictory_statement.signed.v1': 'order_ended', 'refund.requested.v1': 'refund_ordered',
  'payment.refunded.v1': 'refunded_to_card', 'payment.refund_failed.v1': 'refund_failed', 'bank_credit.released.v1': 'credit_given_back',
  'commons.contributed.v1': 'gift_received',
  'allocation.voted.v1': 'allocation_voted', 'early_payment.set_aside.v1': 'early_set_aside', 'early_payment.netted.v1': 'early_netted',
  'early_payment.lapsed.v1': 'early_lapsed', 'invoice.issued.v1': 'invoiced', 'credit_note.issued.v1': 'invoice_credited',
  'batch.extended.v1': 'extended', 'stripe_payout.arrived.v1': 'payout_arrived',
};
/** Of a posting without an event of its own, by its row; any other that a bank line names is a credit that nobody could read. */
const NAMES_BY_ROW: Readonly<Record<string, StepName>> = { 5: 'payout_booked', 32: 'fees_with_operator', 33: 'operator_paid_in' };
/** Of what both sides of an order agreed on. */
const NAMES_BY_OUTCOME: Readonly<Record<string, StepName>> = { roll_over: 'rolled_over' };

const NOUNS = [
  'bankLine', 'order', 'payer', 'invoice', 'cardPayment', 'batch', 'activation', 'handOver', 'distributor', 'redemption', 'place', 'claimLine', 'hold', 'incident',
  'payee', 'statement', 'debitNote', 'placeInvoice', 'payment', 'refund', 'allocation', 'earlyPayment',
] as const satisfies readonly Noun[];

export type Step = Readonly<{
  step: StepName;
  eventId: string;
  type: string;
  sender: string;
  seq: number;
  leaf: number | null;
  at: Date;
  amountCents: number | null;
  /** Of a statement: what its net is made of. */
  parts: Readonly<{ grossCents: number; feeCents: number; vatCents: number; commonsCents: number; netCents: number }> | null;
  shares: readonly PayerPart[];
  /** Plain ids by their noun. */
  ids: readonly Readonly<{ noun: (typeof NOUNS)[number]; id: string }>[];
  /** Vouchers of the batch that it is about. */
  range: Readonly<{ first: number; last: number }> | null;
  /** Where Stripe lists it, as a bank line is where the bank does. */
  stripeMovementId: string | null;
}>;

export const stepNameOf = ({ type, body }: KeptEvent): StepName | undefined => NAMES_BY_ROW[body.postingRule ?? ''] ?? NAMES_BY_OUTCOME[body.outcome ?? ''] ?? NAMES[type];

export function stepOf(event: KeptEvent): Step | undefined {
  const step = stepNameOf(event);
  if (!step) return undefined;
  const { id: eventId, type, sender, seq, leaf, occurredAt: at, body } = event;
  const about = {
    amountCents: amountOf(body), parts: partsOf(body), shares: sharesOf(body), ids: idsOf(body), range: rangeOf(body),
    stripeMovementId: body.stripeMovementId ?? null,
  };
  return { step, eventId, type, sender, seq, leaf, at, ...about };
}

function amountOf(body: TracedBody): number | null {
  if (body.amountCents !== undefined) return body.amountCents;
  if (body.netCents !== undefined) return body.netCents;
  // Of an invoice, with its VAT; one to a payer asks for the face value too.
  if (body.feeCents !== undefined) return body.feeCents + (body.vatCents ?? 0) + (body.faceCents ?? 0);
  if (body.faceCents !== undefined && body.count !== undefined) return body.faceCents * body.count;
  return body.expiredCents ?? null;
}

function partsOf({ grossCents, feeCents, vatCents, commonsCents, netCents }: TracedBody): Step['parts'] {
  if (grossCents === undefined || netCents === undefined) return null;
  return { grossCents, feeCents: feeCents ?? 0, vatCents: vatCents ?? 0, commonsCents: commonsCents ?? 0, netCents };
}

const sharesOf = ({ shares = [] }: TracedBody): PayerPart[] =>
  shares.filter(({ amountCents }) => amountCents !== undefined).map(({ payerId, amountCents }) => ({ payerId, amountCents }));

const idsOf = (body: TracedBody): Step['ids'] => NOUNS.flatMap((noun) => {
  const id = body[`${noun}Id`];
  return id === undefined ? [] : [{ noun, id }];
});

function rangeOf({ first, last, voucherIndex }: TracedBody): Step['range'] {
  if (voucherIndex !== undefined) return { first: voucherIndex, last: voucherIndex };
  return first !== undefined && last !== undefined ? { first, last } : null;
}
