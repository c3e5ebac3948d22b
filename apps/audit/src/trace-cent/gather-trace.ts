// Reads, in a bounded number of look-ups, all events that a page of redemptions and its orders hang together by.
import { FED_MAX, REPLACED_TIMES_MAX, TRACED_PER_ID_MAX, TRACED_THROUGH_MAX } from '../limits.js';
import { decideClaim, statementOf } from './claim.decision.js';
import { fedBefore } from './commons-fed.store.js';
import { contributionOf } from './commons-fed.decision.js';
import { coverOf } from './covered.decision.js';
import { payoutsOfCards } from './card-payout.store.js';
import { ALLOCATED, CARD_PAID, CLAIM, CLOSED, CREDITED, EARLY, EXTENDED, INVOICED, isOf, NETTED, NOTE_LESS, PAYMENT, PLACE_INVOICE, SET_ASIDE, STATEMENT, type KeptEvent, type VoucherPlace } from './kept-event.decision.js';
import { pageOfBatches, pageOfStatements, pageOfVouchers, type PageAsked, type RedemptionPage } from './page-redemptions.js';
import { readDrawnAfter, readRolledBefore } from './gather-rolled-over.js';
import type { Begun } from './start-trace.js';
import { placeAt, placeKey, placeOf, type Gathered } from './gathered.decision.js';
import { eventsNaming, eventsOfVouchers, redemptionsOfVouchers, type TracedLog } from './trace.store.js';

const OF_ORDER = [
  'batch.created.v1', 'receipt.matched.v1', 'payment.succeeded.v1', 'payment.disputed.v1', 'payment.dispute_closed.v1',
  'contradictory_statement.signed.v1', 'refund.requested.v1', INVOICED, CREDITED, EXTENDED,
];
const OF_VOUCHER = [
  'range.activated.v1', 'range.received.v1', 'range.handed_over.v1', 'range.returned.v1', 'range.given_back.v1', 'range.lost.v1',
  'range.written_off.v1', 'voucher.stopped.v1', 'voucher.replaced.v1', 'voucher.expired_chunk.v1',
];

const idsOf = (events: readonly KeptEvent[], of: (event: KeptEvent) => string | undefined): string[] =>
  [...new Set(events.map(of).filter((id) => id !== undefined))];

/** Collects events once each, and remembers whether a bound was met. */
class Gathering {
  readonly events = new Map<string, KeptEvent>();
  isCut = false;

  constructor(private readonly log: TracedLog) {}

  add(found: readonly KeptEvent[]): KeptEvent[] {
    for (const { id, sender, seq, type, occurredAt, leaf, body } of found) {
      this.events.set(id, { id, sender, seq, type, occurredAt, leaf, body });
    }
    return [...found];
  }

  async naming(ids: readonly string[], types: readonly string[]): Promise<KeptEvent[]> {
    return this.add(await this.around(ids, types));
  }

  /** The same without making them steps. */
  async around(ids: readonly string[], types: readonly string[], limit = TRACED_PER_ID_MAX): Promise<KeptEvent[]> {
    const through = [...new Set(ids)].slice(0, TRACED_THROUGH_MAX);
    if (through.length === 0) return [];
    const found = await eventsNaming(this.log, through, types, limit);
    const counts = new Map<string, number>();
    for (const { subject } of found) counts.set(subject, (counts.get(subject) ?? 0) + 1);
    if (through.length < new Set(ids).size || [...counts.values()].some((count) => count >= limit)) this.isCut = true;
    return found;
  }

  async of(vouchers: readonly VoucherPlace[]): Promise<KeptEvent[]> {
    return vouchers.length === 0 ? [] : this.add(await eventsOfVouchers(this.log, vouchers, OF_VOUCHER, TRACED_PER_ID_MAX));
  }

  steps(type: string): KeptEvent[] {
    return [...this.events.values()].filter(isOf(type));
  }
}

export async function gatherTrace(log: TracedLog, begun: Begun, asked: PageAsked): Promise<Gathered> {
  const all = new Gathering(log);
  all.add(begun.events);
  const { redemptions, next } = await readPage(log, all, begun, asked);
  all.add(redemptions);
  const before = await readVouchers(all, [...redemptions.flatMap((one) => placeOf(one) ?? []), ...begun.vouchers]);
  await readOrders(log, all, [...begun.orderIds, ...idsOf(all.steps('batch.created.v1'), ({ body }) => body.orderId)]);
  if (begun.vouchers.length === 0 && begun.statementIds.length === 0) await all.naming(begun.batchIds, ['range.activated.v1']);
  await readRolledBefore(all);
  await readDrawnAfter(all, begun.orderIds);
  const uses = await readUses(log, all, before);
  const known = await readClaims(all, redemptions);
  const fed = await readFed(log, all, begun);
  return { events: [...all.events.values()], redemptions, before, uses, ...known, fed, next, isCut: all.isCut };
}

/** What became of statements: paid, set off, and what of them was paid early, out of the commons. */
async function readStatements(all: Gathering, statementIds: readonly string[]): Promise<void> {
  const found = await all.naming(statementIds, [STATEMENT, 'debit_note.paid.v1', 'place_invoice.paid.v1', PLACE_INVOICE, NETTED, ...PAYMENT]);
  await all.naming(idsOf(found.filter(isOf(NETTED)), ({ body }) => body.earlyPaymentId), [...EARLY, ...PAYMENT]);
}

/** Asked only where money of the commons is what somebody has in hand: a way through many statements would drown in it. */
async function readFed(log: TracedLog, all: Gathering, { events }: Begun): Promise<KeptEvent[]> {
  const fed: KeptEvent[] = [];
  for (const given of events.filter(isOf(ALLOCATED, SET_ASIDE))) {
    const found = await fedBefore(log, given, FED_MAX);
    const { taken, missingCents } = coverOf(given.body.amountCents!, found, contributionOf);
    fed.push(...all.add(taken));
    if (missingCents > 0 && found.length >= FED_MAX) all.isCut = true;
  }
  return [...new Map(fed.map((one) => [one.id, one])).values()];
}

async function readPage(log: TracedLog, all: Gathering, begun: Begun, asked: PageAsked): Promise<RedemptionPage> {
  if (begun.redemption) return { redemptions: [begun.redemption], next: null };
  if (begun.vouchers.length > 0) {
    const found = await pageOfVouchers(log, [...begun.vouchers, ...await replacementsOf(all, begun.vouchers)], asked);
    if (found.isCut) all.isCut = true;
    return found;
  }
  if (begun.statementIds.length > 0) {
    await readStatements(all, begun.statementIds);
    return pageOfStatements(log, begun.statementIds, asked);
  }
  const ofOrders = await all.naming(begun.orderIds, ['batch.created.v1']);
  const batchIds = [...begun.batchIds, ...ofOrders.map(({ body }) => body.batchId!)];
  if (begun.orderIds.length > 0) await all.naming(batchIds, ['range.activated.v1']);
  return pageOfBatches(log, [...new Set(batchIds)], asked);
}

/** The vouchers that stand in the place of these, and in theirs. */
async function replacementsOf(all: Gathering, vouchers: readonly VoucherPlace[]): Promise<VoucherPlace[]> {
  const found: VoucherPlace[] = [];
  let current = vouchers;
  for (let times = 0; current.length > 0 && times < REPLACED_TIMES_MAX; times += 1) {
    const replaced = (await all.of(current)).filter(isOf('voucher.replaced.v1'));
    current = current.flatMap(({ batchId, index }) => {
      const by = replaced.find(({ body }) => body.batchId === batchId && body.first! <= index && index <= body.last!);
      return by ? [{ batchId: by.body.replacementBatchId!, index: index - by.body.first! }] : [];
    });
    found.push(...current);
  }
  return found;
}

/** Their batches, what happened to them, and the same of those whose place they took. */
async function readVouchers(all: Gathering, vouchers: readonly VoucherPlace[]): Promise<Map<string, readonly VoucherPlace[]>> {
  const before = new Map<string, readonly VoucherPlace[]>(vouchers.map((voucher) => [placeKey(voucher), []]));
  let current = vouchers.map((voucher) => ({ key: placeKey(voucher), place: voucher }));
  for (let times = 0; current.length > 0 && times <= REPLACED_TIMES_MAX; times += 1) {
    const batches = new Map((await all.naming(current.map(({ place }) => place.batchId), ['batch.created.v1'])).map(({ body }) => [body.batchId!, body]));
    await all.of(current.map(({ place }) => place));
    current = current.flatMap(({ key, place }) => {
      const replaces = batches.get(place.batchId)?.replaces;
      return replaces ? [{ key, place: { batchId: replaces.batchId, index: replaces.first + place.index } }] : [];
    });
    for (const { key, place } of current) before.set(key, [...before.get(key)!, place]);
  }
  return before;
}

async function readUses(log: TracedLog, all: Gathering, before: ReadonlyMap<string, readonly VoucherPlace[]>): Promise<KeptEvent[]> {
  const places = [...before].flatMap(([key, forerunners]) => [placeAt(key), ...forerunners]);
  const uses = await redemptionsOfVouchers(log, places, TRACED_PER_ID_MAX);
  const undone = new Set((await all.around(uses.map(({ id }) => id), ['redemption.undone.v1'])).map(({ body }) => body.redemptionId));
  return uses.filter(({ id }) => !undone.has(id));
}

/** Where the money came from, and what went back. */
async function readOrders(log: TracedLog, all: Gathering, orderIds: readonly string[]): Promise<void> {
  const found = await all.naming(orderIds, OF_ORDER);
  await all.naming(idsOf(found.filter(isOf('receipt.matched.v1')), ({ body }) => body.bankLineId), ['bank_credit.booked.v1']);
  all.add(await payoutsOfCards(log, found.filter(isOf(CARD_PAID))));
  const refundIds = idsOf(found.filter(isOf('refund.requested.v1')), ({ body }) => body.refundId);
  await all.naming(refundIds, ['payment.refunded.v1', 'payment.refund_failed.v1', ...PAYMENT]);
}

/** From redemptions to the bank: holds, payees, statements, payments. */
async function readClaims(all: Gathering, redemptions: readonly KeptEvent[]): Promise<Pick<Gathered, 'payees' | 'statements'>> {
  const told = await all.naming(redemptions.map(({ id }) => id), ['redemption.undone.v1', ...CLAIM]);
  const payees = await all.around(idsOf(redemptions, ({ body }) => body.placeId), ['payee.validated.v1']);
  const statements = await all.around(idsOf(payees, ({ body }) => body.payeeId), CLOSED, TRACED_THROUGH_MAX);
  const through = redemptions.flatMap((redemption) => {
    const own = told.filter(({ body }) => body.redemptionId === redemption.id);
    const claim = decideClaim(redemption, own);
    const payeeIds = payees.filter(({ body }) => body.placeId === redemption.body.placeId).map(({ body }) => body.payeeId);
    const theirs = statements.filter(({ body }) => payeeIds.includes(body.payeeId));
    // A correction is due by a number of its own, and may be in another one.
    const dueSeqs = [...claim.state === 'due' ? [claim.dueSeq] : [], ...own.filter(isOf('incident.posted.v1')).map(({ body }) => body.dueSeq!)];
    return dueSeqs.flatMap((dueSeq) => statementOf(dueSeq, redemption.body.custodyAccountId, theirs).statement ?? []);
  });
  all.add(through);
  await readStatements(all, idsOf(through, ({ body }) => body.statementId));
  await all.naming(idsOf(through, ({ body }) => body.debitNoteId), NOTE_LESS);
  return { payees, statements };
}
