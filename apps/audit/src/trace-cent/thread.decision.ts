// The way of what one redemption used: from the bank lines of its payers to the bank line of its place, or its line at Stripe, as far
// as events tell it. What is not there is named with the moment since when; nothing is filled in.
import { decideClaim, statementOf, type Claim } from './claim.decision.js';
import { placeKey, placeOf, type Gathered } from './gathered.decision.js';
import { bookletOf } from './booklet.decision.js';
import { payoutsAfter } from './card-payout.decision.js';
import { rolledBefore } from './rolled-over.decision.js';
import {
  byMoment, CARD_PAID, DEBIT_NOTE, EXTENDED, isOf, NETTED, NOTE_LESS, PAYOUT, SET_ASIDE, type KeptEvent, type PayerPart, type VoucherPlace,
} from './kept-event.decision.js';
import { sharesOfCents } from './voucher-shares.decision.js';

/**
 * How far the money came. `accrued` is owed and in no statement; `payable` in one, and no debit is told; `set_off` in one of which a debit
 * note took all; `netted` in a debit note, against more that its payee owed; `paid_early` in one that was paid, or with its debit note set
 * off, whole before it closed, out of the commons.
 */
export const REACHED = ['undone', 'held', 'rejected', 'accrued', 'payable', 'set_off', 'netted', 'paid', 'paid_early', 'returned', 'payment_rejected'] as const;
export type Reached = (typeof REACHED)[number];

/** Links that no event tells. */
export const UNTOLD = [
  'voucher_not_told', 'batch_not_told', 'activation_not_told', 'payers_money_not_told', 'hand_over_not_told', 'payee_not_told', 'statement_ambiguous',
] as const;
export type Untold = (typeof UNTOLD)[number];

export type Thread = Readonly<{
  redemptionId: string;
  voucher: VoucherPlace | null;
  /** In which it was bound, by the number on its cover; null for a loose one. */
  booklet: number | null;
  amountCents: number;
  shares: readonly PayerPart[];
  reached: Reached;
  since: Date;
  /** What of it was too much, by an incident after its statement closed: owed back by the place, and cover of the payers again. */
  correctedCents: number;
  /** Ids of its events, from bank line to bank line. */
  path: readonly string[];
  untold: readonly Untold[];
}>;

type Way = Readonly<{ events: readonly KeptEvent[]; untold: readonly Untold[] }>;
const covers = ({ body }: KeptEvent, { batchId, index }: VoucherPlace): boolean =>
  body.batchId === batchId && (body.first ?? -1) <= index && index <= (body.last ?? -1);

export function threadOf(redemption: KeptEvent, gathered: Gathered): Thread {
  const voucher = placeOf(redemption) ?? null;
  const used = centsUsed(redemption, voucher, gathered);
  const back = wayBack(redemption, voucher, used.shares, gathered);
  const forth = wayForth(redemption, gathered);
  const corrections = gathered.events.filter(isOf('incident.posted.v1')).filter(({ body }) => body.redemptionId === redemption.id);
  const notes = notesOf(redemption, corrections, forth, gathered);
  return {
    redemptionId: redemption.id, voucher, booklet: voucher && boundIn(voucher, gathered),
    amountCents: redemption.body.amountCents!, shares: used.shares,
    reached: forth.reached, since: forth.since, correctedCents: corrections.reduce((sum, { body }) => sum + body.amountCents!, 0),
    path: [...back.events, redemption, ...forth.events, ...corrections, ...notes].map(({ id }) => id),
    untold: [...back.untold, ...forth.untold],
  };
}

function boundIn({ batchId, index }: VoucherPlace, { events }: Gathered): number | null {
  const batch = events.filter(isOf('batch.created.v1')).find(({ body }) => body.batchId === batchId);
  return batch ? bookletOf(batch.body, index) : null;
}

/** Where the voucher's value was activated: at its own place, or at that of the first of those it stands for. */
function activationOf(voucher: VoucherPlace, { events, before }: Gathered) {
  const places = [voucher, ...before.get(placeKey(voucher)) ?? []];
  const activation = events.filter(isOf('range.activated.v1')).find((one) => places.some((place) => covers(one, place)));
  const place = activation && places.find((one) => covers(activation, one));
  return activation && place ? { activation, place } : undefined;
}

function centsUsed(redemption: KeptEvent, voucher: VoucherPlace | null, gathered: Gathered): Readonly<{ shares: PayerPart[] }> {
  const found = voucher && activationOf(voucher, gathered);
  if (!voucher || !found) return { shares: [] };
  const { amountCents = 0, first = 0, last = 0, shares = [] } = found.activation.body;
  const face = amountCents / (last - first + 1);
  const from = (found.place.index - first) * face + usedBefore(redemption, voucher, gathered);
  return { shares: sharesOfCents(shares, from, from + redemption.body.amountCents!) };
}

/** By earlier redemptions of the voucher, or of those it stands for. */
function usedBefore(redemption: KeptEvent, voucher: VoucherPlace, { uses, before }: Gathered): number {
  const keys = new Set([voucher, ...before.get(placeKey(voucher)) ?? []].map(placeKey));
  return uses
    .filter((other) => other.seq < redemption.seq && keys.has(placeKey(placeOf(other) ?? { batchId: '', index: 0 })))
    .reduce((total, { body }) => total + body.amountCents!, 0);
}

function wayBack(redemption: KeptEvent, voucher: VoucherPlace | null, shares: readonly PayerPart[], gathered: Gathered): Way {
  const { events, before } = gathered;
  const places = voucher ? [voucher, ...before.get(placeKey(voucher)) ?? []] : [];
  const batchIds = places.length > 0 ? places.map(({ batchId }) => batchId) : [redemption.body.batchId];
  const batches = events.filter(isOf('batch.created.v1')).filter(({ body }) => batchIds.includes(body.batchId)).sort(byMoment);
  const money = moneyOf(new Set(batches.map(({ body }) => body.orderId)), new Set(shares.map(({ payerId }) => payerId)), events);
  const activation = voucher && activationOf(voucher, gathered)?.activation;
  const drawnOn = activation && batches.find(({ body }) => body.batchId === activation.body.batchId);
  const rolled = drawnOn ? rolledBefore({ activation, batch: drawnOn }, events) : [];
  const extended = events.filter(isOf(EXTENDED))
    .filter(({ body, occurredAt }) => batchIds.includes(body.batchId) && occurredAt <= redemption.occurredAt).sort(byMoment);
  const handOvers = handOversOf(places, events);
  const untold: Untold[] = [
    ...(voucher ? [] : ['voucher_not_told' as const]),
    ...(batches.length > 0 ? [] : ['batch_not_told' as const]),
    ...(money.length + rolled.length > 0 ? [] : ['payers_money_not_told' as const]),
    ...(activation || !voucher ? [] : ['activation_not_told' as const]),
    ...(handOvers.length > 0 ? [] : ['hand_over_not_told' as const]),
  ];
  return { events: [...rolled, ...money, ...batches, ...(activation ? [activation] : []), ...extended, ...handOvers], untold };
}

/** Bank credits before their matches; of the payers whose cents these are, where that is known. */
function moneyOf(orderIds: ReadonlySet<string | undefined>, payerIds: ReadonlySet<string>, events: readonly KeptEvent[]): KeptEvent[] {
  const isTheirs = ({ body }: KeptEvent) => orderIds.has(body.orderId) && (payerIds.size === 0
    || payerIds.has(body.payerId ?? '') || (body.shares ?? []).some(({ payerId }) => payerIds.has(payerId)));
  const matches = events.filter(isOf('receipt.matched.v1')).filter(isTheirs).sort(byMoment);
  const lines = new Set(matches.map(({ body }) => body.bankLineId));
  const credits = events.filter(isOf('bank_credit.booked.v1')).filter(({ body }) => lines.has(body.bankLineId)).sort(byMoment);
  const cards = events.filter(isOf(CARD_PAID)).filter(isTheirs).sort(byMoment);
  const payouts = new Set(cards.flatMap((paid) => payoutsAfter(paid, events.filter(isOf(PAYOUT)))));
  return [...credits, ...matches, ...cards, ...payouts];
}

/** A hand-over that was taken back is no step of a voucher that was used later. */
function handOversOf(places: readonly VoucherPlace[], events: readonly KeptEvent[]): KeptEvent[] {
  const returned = new Set(events.filter(isOf('range.returned.v1')).map(({ body }) => body.handOverId));
  return events.filter(isOf('range.handed_over.v1'))
    .filter((one) => places.some((place) => covers(one, place)) && !returned.has(one.body.handOverId)).sort(byMoment);
}

type Forth = Way & Readonly<{ reached: Reached; since: Date }>;

function wayForth(redemption: KeptEvent, gathered: Gathered): Forth {
  const told = gathered.events.filter(({ type, body }) =>
    body.redemptionId === redemption.id && (type === 'redemption.undone.v1' || type.startsWith('claim_line.'))).sort(byMoment);
  const claim = decideClaim(redemption, told);
  if (claim.state !== 'due') return { events: told, untold: [], reached: claim.state, since: claim.by.occurredAt };
  const { statement, untold } = owedIn(redemption, claim, gathered);
  const since = (told.at(-1) ?? redemption).occurredAt;
  if (!statement) return { events: told, untold, reached: 'accrued', since };
  if (statement.type === DEBIT_NOTE) {
    return { events: [...told, statement, ...lessOf(statement, gathered.events)], untold, reached: 'netted', since: statement.occurredAt };
  }
  const payments = paymentsOf(statement, gathered.events);
  const early = earlyOf(statement, gathered.events);
  const last = payments.at(-1);
  return {
    events: [...told, ...early.paid, statement, ...early.netted, ...payments], untold, reached: reachedBy(statement, last, early),
    since: (last ?? statement).occurredAt,
  };
}

type Early = Readonly<{ paid: readonly KeptEvent[]; netted: readonly KeptEvent[] }>;

/** What of a statement was paid before it: set aside by the commons, paid, and taken of the statement. */
function earlyOf({ body: { statementId } }: KeptEvent, events: readonly KeptEvent[]): Early {
  const netted = events.filter(isOf(NETTED)).filter(({ body }) => body.statementId === statementId).sort(byMoment);
  const ids = new Set(netted.map(({ body }) => body.earlyPaymentId!));
  const paid = events.filter((one) => (isOf(SET_ASIDE)(one) && ids.has(one.body.earlyPaymentId!))
    || (one.type.startsWith('payment.') && (one.body.earlyPaymentIds ?? []).some((id) => ids.has(id)))).sort(byMoment);
  return { paid, netted };
}

function owedIn({ body }: KeptEvent, { dueSeq }: Extract<Claim, { state: 'due' }>, { payees, statements }: Gathered) {
  const payeeIds = payees.filter(({ body: payee }) => payee.placeId === body.placeId).map(({ body: payee }) => payee.payeeId);
  if (payeeIds.length === 0) return { statement: undefined, untold: ['payee_not_told' as const] };
  const theirs = statements.filter((one) => payeeIds.includes(one.body.payeeId));
  const { statement, isAmbiguous } = statementOf(dueSeq, body.custodyAccountId, theirs);
  return { statement, untold: isAmbiguous ? ['statement_ambiguous' as const] : [] };
}

const paymentsOf = ({ body: { statementId } }: KeptEvent, events: readonly KeptEvent[]): KeptEvent[] =>
  events.filter(({ type, body }) => type.startsWith('payment.') && (body.statementIds ?? []).includes(statementId!)).sort((a, b) => a.seq - b.seq);

/** Debit notes that a correction came to, and what became of them. */
function notesOf(redemption: KeptEvent, corrections: readonly KeptEvent[], { events }: Forth, gathered: Gathered): KeptEvent[] {
  const notes = corrections.flatMap(({ body }) => owedIn(redemption, { state: 'due', dueSeq: body.dueSeq! }, gathered).statement ?? [])
    .filter((one) => one.type === DEBIT_NOTE && !events.includes(one));
  return notes.flatMap((one) => [one, ...lessOf(one, gathered.events)]);
}

const lessOf = ({ body: { debitNoteId } }: KeptEvent, events: readonly KeptEvent[]): KeptEvent[] =>
  events.filter(isOf(...NOTE_LESS)).filter(({ body }) => body.debitNoteId === debitNoteId).sort((a, b) => a.seq - b.seq);

function reachedBy({ body }: KeptEvent, ofRest: KeptEvent | undefined, { paid, netted }: Early): Reached {
  const early = netted.reduce((sum, one) => sum + one.body.amountCents!, 0);
  const isWhole = early + (body.setOffCents ?? 0) === body.netCents;
  if (!ofRest && isWhole && early === 0) return 'set_off';
  const last = ofRest ?? (isWhole ? paid.filter(({ type }) => type !== SET_ASIDE).at(-1) : undefined);
  if (!last) return 'payable';
  if (!ofRest && isOf('payment.booked.v1')(last)) return 'paid_early';
  if (isOf('payment.booked.v1', 'payment.transferred.v1')(last)) return 'paid';
  return isOf('payment.returned.v1', 'payment.transfer_reversed.v1')(last) ? 'returned' : 'payment_rejected';
}
