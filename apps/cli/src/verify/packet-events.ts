// What a packet tells of its events against the events themselves: a trace may say no more than its leaves do.
import { STEP_OF_OUTCOME, STEP_OF_ROW, STEP_OF_TYPE, type Traced } from '#libs/evidence';
import type { LoggedEvent } from './logged-event.js';

export type ProvedEvent = Readonly<{ event: LoggedEvent; index: number }>;
type Body = Readonly<Record<string, unknown>>;

/** The first lie of a step, or undefined. */
export function stepLie(step: Traced['steps'][number], proved: ProvedEvent | undefined): string | undefined {
  if (!proved) return `the step ${step.eventId} has no event in the packet`;
  const { event: { type, sender, seq, occurredAt }, index } = proved;
  const body = proved.event.body as Body;
  const says = (what: string, told: unknown, really: unknown) => (told === really ? undefined : `the step ${step.eventId} says ${what} ${String(told)}, and its event ${String(really)}`);
  return says('type', step.type, type) ?? says('sender', step.sender, sender) ?? says('number', step.seq, seq) ?? says('place', step.leaf, index)
    ?? says('step', step.step, STEP_OF_ROW[String(body['postingRule'] ?? '')] ?? STEP_OF_OUTCOME[String(body['outcome'] ?? '')] ?? STEP_OF_TYPE[type]) ?? says('moment', step.at, new Date(occurredAt).toISOString()) ?? says('amount', step.amountCents, amountOf(body))
    ?? Object.entries(step.ids).map(([noun, id]) => says(noun, plain(id), body[`${noun}Id`])).find((lie) => lie !== undefined)
    ?? (step.range ? says('first voucher', step.range.first, body['voucherIndex'] ?? body['first']) ?? says('last voucher', step.range.last, body['voucherIndex'] ?? body['last']) : undefined);
}

const LEFT = ['payment.booked.v1', 'payment.transferred.v1'];
const CAME_BACK = ['payment.returned.v1', 'payment.transfer_reversed.v1'];
const NEVER_LEFT = ['payment.rejected.v1', 'payment.transfer_refused.v1'];
const LAST_PAYMENT: Readonly<Record<string, readonly string[]>> = {
  paid: LEFT, paid_early: LEFT, returned: CAME_BACK, payment_rejected: NEVER_LEFT,
};

/** Whose cents these were is audit's reading of the events; what they were, and whether they were paid, is in them. */
export function threadLie({ redemptionId, voucher, amountCents, path, reached }: Traced['redemptions'][number], events: ReadonlyMap<string, ProvedEvent>): string | undefined {
  const missing = path.find((eventId) => !events.has(eventId));
  if (missing) return `the redemption ${redemptionId} goes through ${missing}, which is not in the packet`;
  const own = path.map((eventId) => events.get(eventId)!.event);
  const used = own.find(({ id, type }) => type === 'voucher.redeemed.v1' && id === plain(redemptionId));
  if (!used) return `the redemption ${redemptionId} has no event in the packet`;
  if ((used.body as Body)['amountCents'] !== amountCents) return `the redemption ${redemptionId} says ${amountCents} cents, and its event another sum`;
  const batch = own.map(({ body }) => body as Body).find((body) => voucher && body['bookletSize'] !== undefined && body['batchId'] === plain(voucher.batchId));
  if (typeof voucher?.booklet === 'number' && voucher.booklet !== bookletIn(batch, voucher.index)) return `the redemption ${redemptionId} is told to be of booklet ${voucher.booklet}, and its batch says otherwise`;
  const payments = own.filter(({ type }) => [...LEFT, ...CAME_BACK, ...NEVER_LEFT].includes(type)).sort((a, b) => a.seq - b.seq);
  const isEarly = ({ body }: LoggedEvent) => (body as Body)['purpose'] === 'early';
  const ofRest = payments.filter((payment) => !isEarly(payment)).at(-1);
  const wanted = LAST_PAYMENT[reached];
  // A part that was paid early says nothing of the rest of its statement; what was paid early whole is told by that payment alone.
  const last = ofRest ?? (wanted && reached !== 'paid' && ownWhole(own) ? payments.at(-1) : undefined);
  if (reached === 'paid_early' && ofRest) return `the redemption ${redemptionId} is told as paid early, and a payment of its statement is there`;
  const isSo = wanted ? last !== undefined && wanted.includes(last.type) : last === undefined;
  return isSo ? undefined : `the redemption ${redemptionId} is told as ${reached}, and its events say otherwise`;
}

/** Whether what was netted of the statement, beside what it was set off against, is all of it. */
function ownWhole(own: readonly LoggedEvent[]): boolean {
  const statement = own.find(({ type }) => type === 'statement.closed.v1')?.body as Body | undefined;
  const netted = own.filter(({ type }) => type === 'early_payment.netted.v1').reduce((sum, { body }) => sum + Number((body as Body)['amountCents']), 0);
  return statement !== undefined && netted > 0 && netted + Number(statement['setOffCents'] ?? 0) === statement['netCents'];
}

/** What fed the commons is what its event says it gave them. */
export function fedLie({ eventId, amountCents }: Traced['fed'][number], proved: ProvedEvent | undefined): string | undefined {
  if (!proved) return `what fed the commons, ${eventId}, is not in the packet`;
  const { commonsCents, outcome, expiredCents = 0, owedCents = 0 } = proved.event.body as Body;
  const given = proved.event.type === 'statement.closed.v1' ? commonsCents
    : proved.event.type === 'contradictory_statement.signed.v1' && outcome === 'commons' ? Number(expiredCents) - Number(owedCents) : 0;
  return given === amountCents ? undefined : `${eventId} is said to have given the commons ${amountCents} cents, and its event says ${String(given)}`;
}

/** By what its batch says of itself. */
const bookletIn = (batch: Body | undefined, index: number): number | undefined => batch && Math.floor(index / Number(batch['bookletSize'])) + 1;

/** An id as the API writes it: three letters before the plain one. */
const plain = (id: string): string => id.slice(id.indexOf('_') + 1);

function amountOf({ amountCents, netCents, feeCents, vatCents = 0, faceCents, count, expiredCents }: Body): unknown {
  if (amountCents !== undefined || netCents !== undefined) return amountCents ?? netCents;
  if (feeCents !== undefined) return Number(feeCents) + Number(vatCents) + Number(faceCents ?? 0);
  return faceCents !== undefined && count !== undefined ? Number(faceCents) * Number(count) : expiredCents ?? null;
}
