// Where a trace begins: from what was asked to the orders, batches, vouchers and statements that it leads to.
import { TRACED_PER_ID_MAX, TRACED_THROUGH_MAX } from '../limits.js';
import { bookletPlaces } from './booklet.decision.js';
import { cardsPaidBefore } from './card-payout.store.js';
import { ALLOCATED, CLAIM, CREDITED, EARLY, GIFT, INVOICED, isOf, NETTED, ORDER_ENDED, PAYMENT, PAYOUT, REDEEMED, STATEMENT, type KeptEvent, type VoucherPlace } from './kept-event.decision.js';
import type { Traced } from './trace-cent.query.js';
import { eventsById, eventsNaming, type TracedLog } from './trace.store.js';

export type Begun = Readonly<{
  events: readonly KeptEvent[];
  orderIds: readonly string[];
  batchIds: readonly string[];
  statementIds: readonly string[];
  /** The one voucher, or those of the one booklet, where it is about them. */
  vouchers: readonly VoucherPlace[];
  /** The one redemption, where it is about one. */
  redemption: KeptEvent | null;
}>;
type Named = Exclude<Traced, { noun: 'serial' }>;

const ON_BANK_LINE = ['bank_credit.booked.v1', 'bank_credit.released.v1', 'receipt.matched.v1', 'ledger.posted.v1', 'debit_note.paid.v1', 'place_invoice.paid.v1', GIFT, PAYOUT,
  ...PAYMENT];
const OF_ORDER = ['batch.created.v1', 'receipt.matched.v1', 'payment.succeeded.v1', 'refund.requested.v1', 'contradictory_statement.signed.v1'];
const OF_REFUND = ['refund.requested.v1', 'payment.refunded.v1', 'payment.refund_failed.v1', ...PAYMENT];
const NAMES: Readonly<Record<Exclude<Named['noun'], 'redemption'>, readonly string[]>> = {
  bankLine: ON_BANK_LINE, order: OF_ORDER, share: OF_ORDER, batch: ['batch.created.v1'], voucher: ['batch.created.v1'],
  booklet: ['batch.created.v1'], contradictoryStatement: [ORDER_ENDED], invoice: [INVOICED, CREDITED],
  claimLine: CLAIM, statement: [STATEMENT, 'debit_note.paid.v1', 'place_invoice.paid.v1', ...PAYMENT], payment: PAYMENT, refund: OF_REFUND,
  allocation: [ALLOCATED, ...PAYMENT], earlyPayment: [...EARLY, ...PAYMENT],
};

const NOTHING = { orderIds: [], batchIds: [], statementIds: [], vouchers: [], redemption: null };
const present = (ids: readonly (string | undefined)[]): string[] =>
  [...new Set(ids.filter((id) => id !== undefined))].slice(0, TRACED_THROUGH_MAX);

/** Undefined where no event names it. */
export async function startTrace(log: TracedLog, of: Named): Promise<Begun | undefined> {
  if (of.noun === 'redemption') return ofRedemption((await eventsById(log, [of.id])).find(isOf(REDEEMED)), []);
  const events = await eventsNaming(log, [of.id], NAMES[of.noun], TRACED_PER_ID_MAX);
  if (events.length === 0) return undefined;
  switch (of.noun) {
    case 'claimLine': return ofRedemption((await eventsById(log, [events[0]!.body.redemptionId!])).find(isOf(REDEEMED)), events);
    case 'voucher': return isPlace(of.index, events) ? { ...NOTHING, events, vouchers: [{ batchId: of.id, index: of.index }], batchIds: [of.id] } : undefined;
    case 'booklet': return ofBooklet(of.id, bookletPlaces(events[0]!.body, of.booklet), events);
    case 'batch': return { ...NOTHING, events, batchIds: [of.id] };
    case 'order': return { ...NOTHING, events, orderIds: [of.id] };
    case 'share': return isShare(of.payerId, events) ? { ...NOTHING, events, orderIds: [of.id] } : undefined;
    case 'statement': return { ...NOTHING, events, statementIds: [of.id] };
    default: return ofMoney(log, events);
  }
}

const ofBooklet = (id: string, vouchers: readonly VoucherPlace[], events: readonly KeptEvent[]): Begun | undefined =>
  (vouchers.length > 0 ? { ...NOTHING, events, vouchers, batchIds: [id] } : undefined);

const isPlace = (index: number, events: readonly KeptEvent[]) => events.some(({ body }) => index < (body.count ?? 0));

/** A payer without a match, a payment or a refund is no share that audit knows of. */
const isShare = (payerId: string, events: readonly KeptEvent[]) =>
  events.some(({ body }) => body.payerId === payerId || body.shares?.some((share) => share.payerId === payerId));

function ofRedemption(redemption: KeptEvent | undefined, events: readonly KeptEvent[]): Begun | undefined {
  if (!redemption) return undefined;
  const { batchId, voucherIndex } = redemption.body;
  const vouchers = voucherIndex === undefined ? [] : [{ batchId: batchId!, index: voucherIndex }];
  return { ...NOTHING, events, vouchers, redemption, batchIds: [batchId!] };
}

/** A bank line, a payment, a refund, an allocation, an early payment, an invoice: money of an order, of statements, or of the commons. */
async function ofMoney(log: TracedLog, found: readonly KeptEvent[]): Promise<Begun> {
  const refundIds = present(found.flatMap(({ body }) => [body.refundId, ...body.refundIds ?? []]));
  const allocationIds = present(found.flatMap(({ body }) => [body.allocationId, ...body.allocationIds ?? []]));
  const earlyPaymentIds = present(found.flatMap(({ body }) => [body.earlyPaymentId, ...body.earlyPaymentIds ?? []]));
  const events = [
    ...found, ...await eventsNaming(log, earlyPaymentIds, [...EARLY, ...PAYMENT], TRACED_PER_ID_MAX),
    ...await eventsNaming(log, refundIds, OF_REFUND, TRACED_PER_ID_MAX),
    ...await eventsNaming(log, allocationIds, [ALLOCATED, ...PAYMENT], TRACED_PER_ID_MAX),
    ...await cardsPaidBefore(log, found.filter(isOf(PAYOUT))),
  ];
  return {
    ...NOTHING, events,
    orderIds: present(events.map(({ body }) => body.orderId)),
    statementIds: present(events.flatMap((event) => (isOf(NETTED)(event) ? [event.body.statementId!] : event.body.statementIds ?? []))),
  };
}
