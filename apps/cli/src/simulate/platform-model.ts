// What the platform has to answer, as somebody would work it out with pencil and paper who has read the documents and not the
// code. It shares no line with a service. Each service knows only what it did itself and what it has heard: the transport says
// what arrived. A method answers `ok` or the code of the refusal, and then remembers what follows.
import type { Heard } from './transport.js';

export const FACE = 1_000;
const MINUTE = 60_000;
/** The last day for claims is over at the places, in Paris in summer time, and everywhere. */
export const LAST_DAY = '2026-06-30';
const LAST_INSTANT = Date.parse('2026-06-30T22:00:00Z');

export type Word = string;
export type MVoucher = {
  batch: MBatch; index: number; left: number; lost: number; stopped: boolean; stopHeard: boolean;
  at: 'operator' | 'under way' | 'stock' | 'out'; hold: { by: MAuthorisation; until: number } | undefined;
};
export type MOrder = { id: string; kind: 'unit' | 'balance'; references: readonly string[]; count: number; sent: number; received: number; batch: MBatch | undefined };
export type MBatch = {
  order: MOrder; id: string; vouchers: MVoucher[]; codes: readonly string[]; deliveryId: string;
  /** At issuance. */ loadedHeard: boolean; activated: boolean; shipped: boolean;
  /** At redemption. */ created: boolean; minted: boolean; activationHeard: boolean;
};
export type MAuthorisation = { id: string; voucher: MVoucher; place: number; amount: number; took: number | undefined; cancelled: boolean };
export type MRedemption = {
  id: string; voucher: MVoucher; place: number; amount: number; at: number; undone: boolean; total: number | undefined; stated: boolean;
};
export type MHandOver = { id: string; voucher: MVoucher; returned: boolean };
/** `account`: the one that is paid to, by a number. */
export type MPlace = { owed: number; account: number; blocked: boolean };
export type MPayment = { place: MPlace; amount: number; account: number; endToEndId: string };

export class PlatformModel {
  readonly orders: MOrder[] = [];
  readonly redemptions: MRedemption[] = [];
  readonly authorisations: MAuthorisation[] = [];
  readonly handOvers: MHandOver[] = [];
  readonly places: MPlace[] = [101, 102].map((account) => ({ owed: 0, account, blocked: false }));
  readonly payments: MPayment[] = [];
  /** Money that arrived for a programme and is not yet the worth of vouchers. */
  readonly cover = { unit: 0, balance: 0 };
  private totals = 0;
  private lastTotalHeard = -1;
  private closedUpTo = -1;
  private readonly totalBatch: number[] = [];
  private readonly heardByNumber = new Set<number>();

  constructor(public now: number) {}

  batches(): MBatch[] { return this.orders.flatMap(({ batch }) => batch ?? []); }
  vouchers(): MVoucher[] { return this.batches().flatMap(({ vouchers }) => vouchers); }
  isSpendable({ created, minted, activationHeard }: MBatch): boolean { return created && minted && activationHeard; }

  /** A batch of messages arrived for the first time, or again. */
  hear({ sender, receiver, batchNo, messages }: Heard): void {
    if (receiver === 'settlement' && sender === 'redemption') this.heardByNumber.add(batchNo);
    for (const { type, body } of messages) {
      const batch = this.batches().find(({ id }) => id === body['batchId']);
      const word = `${receiver} ${type}`;
      if (word === 'redemption batch.created.v1') batch!.created = true;
      if (word === 'redemption voucher.chunk_minted.v1') batch!.minted = true;
      if (word === 'redemption range.activated.v1') batch!.activationHeard = true;
      if (word === 'issuance voucher.chunk_loaded.v1') batch!.loadedHeard = true;
      if (word === 'issuance voucher.stopped.v1') this.hearStop(batch!, body['ranges'] as { first: number; last: number }[]);
      if (word === 'issuance bank_credit.booked.v1') this.hearCredit(body['bankLineId'] as string, body['references'] as string[], Number(body['amountCents']));
      if (word === 'settlement redemption.period_totalled.v1') this.hearTotal(batchNo, Number(body['upToSeq']));
    }
  }

  private readonly credits = new Set<string>();
  private hearCredit(lineId: string, references: readonly string[], amount: number): void {
    const order = this.orders.find((one) => one.references.some((reference) => references.includes(reference)));
    if (!order || this.credits.has(lineId)) return;
    this.credits.add(lineId);
    order.received += amount;
    this.cover[order.kind] += amount;
  }

  private hearStop(batch: MBatch, ranges: readonly { first: number; last: number }[]): void {
    for (const voucher of batch.vouchers) {
      voucher.stopHeard ||= ranges.some(({ first, last }) => voucher.index >= first && voucher.index <= last);
    }
  }

  private readonly totalAt = new Map<number, number>();
  private hearTotal(batchNo: number, upToSeq: number): void {
    const total = this.totalAt.get(upToSeq)!;
    this.totalBatch[total] = batchNo;
    this.lastTotalHeard = Math.max(this.lastTotalHeard, total);
  }

  mint(order: MOrder): Word { return order.batch ? 'order_fully_minted' : 'ok'; }

  activate(batch: MBatch): Word {
    const { order, vouchers } = batch;
    const worth = order.count * FACE;
    if (this.now >= LAST_INSTANT) return 'programme_ended';
    if (!batch.loadedHeard) return 'batch_not_loaded';
    if (batch.activated) return 'range_already_activated';
    if (vouchers.some(({ stopHeard }) => stopHeard)) return 'range_stopped';
    if (this.cover[order.kind] < worth) return 'insufficient_coverage';
    this.cover[order.kind] -= worth;
    batch.activated = true;
    return 'ok';
  }

  ship(batch: MBatch): Word {
    if (!batch.loadedHeard) return 'batch_not_loaded';
    if (batch.codes.length === 0) return 'range_not_printed';
    if (batch.shipped) return 'range_already_shipped';
    if (batch.vouchers.some(({ stopHeard }) => stopHeard)) return 'range_stopped';
    batch.shipped = true;
    for (const voucher of batch.vouchers) voucher.at = 'under way';
    return 'ok';
  }

  receive(batch: MBatch): Word {
    if (batch.vouchers.some(({ at }) => at !== 'under way')) return 'range_not_in_transit';
    for (const voucher of batch.vouchers) voucher.at = 'stock';
    return 'ok';
  }

  handOver(voucher: MVoucher): Word {
    // A batch of which it was never sent anything is not there, to a distributor.
    if (!voucher.batch.shipped) return 'batch_not_found';
    if (voucher.at !== 'stock') return 'range_not_in_stock';
    if (voucher.stopHeard) return 'range_stopped';
    voucher.at = 'out';
    return 'ok';
  }

  takeBack(handOver: MHandOver): Word {
    if (handOver.returned) return 'hand_over_returned';
    handOver.returned = true;
    handOver.voucher.at = 'stock';
    return 'ok';
  }

  stop(voucher: MVoucher): Word {
    if (!voucher.batch.created) return 'batch_not_found';
    voucher.stopped = true;
    return 'ok';
  }

  held(voucher: MVoucher): number { return voucher.hold && this.now < voucher.hold.until ? voucher.hold.by.amount : 0; }

  /** Would it be taken? `own`: the authorisation that is being confirmed. */
  check(voucher: MVoucher, amount: number | undefined, own?: MAuthorisation): Word {
    const { batch: { order: { kind } }, left, lost } = voucher;
    const asked = amount ?? (kind === 'unit' ? FACE : undefined);
    if (!this.isSpendable(voucher.batch)) return 'voucher_not_found';
    if (voucher.stopped) return 'voucher_stopped';
    if (kind === 'unit' && left === 0 && lost === 0) return 'voucher_used';
    if (this.now >= LAST_INSTANT) return 'claim_too_late';
    if (asked === undefined) return 'amount_missing';
    if (kind === 'unit' && asked !== FACE) return 'amount_not_face';
    if (asked > left) return 'voucher_balance_too_low';
    return asked > left - (voucher.hold?.by === own ? 0 : this.held(voucher)) ? 'voucher_held' : 'ok';
  }

  redeem(voucher: MVoucher, amount: number | undefined, place: number, id: string): Word {
    const word = this.check(voucher, amount);
    if (word === 'ok') this.take(voucher, amount ?? FACE, place, id);
    return word;
  }

  authorise(voucher: MVoucher, amount: number | undefined, { place, minutes, id }: { place: number; minutes: number; id: string }): Word {
    const word = this.check(voucher, amount);
    if (word !== 'ok') return word;
    if (this.held(voucher) > 0) return 'voucher_held';
    const by = { id, voucher, place, amount: amount ?? FACE, took: undefined, cancelled: false };
    this.authorisations.push(by);
    voucher.hold = { by, until: this.now + minutes * MINUTE };
    return 'ok';
  }

  confirm(own: MAuthorisation, amount: number | undefined, place: number): Word {
    const asked = amount ?? own.amount;
    if (place !== own.place) return 'authorisation_not_found';
    if (own.took !== undefined) return own.took === asked ? 'ok' : 'authorisation_confirmed';
    if (own.cancelled) return 'authorisation_cancelled';
    if (asked > own.amount) return 'amount_over_authorised';
    const word = this.check(own.voucher, asked, own);
    if (word !== 'ok') return word;
    if (own.voucher.hold?.by === own) own.voucher.hold = undefined;
    own.took = asked;
    this.take(own.voucher, asked, place, `red_${own.id}`);
    return 'ok';
  }

  cancel(own: MAuthorisation, place: number): Word {
    if (place !== own.place) return 'authorisation_not_found';
    if (own.took !== undefined) return 'authorisation_confirmed';
    own.cancelled = true;
    if (own.voucher.hold?.by === own) own.voucher.hold = undefined;
    return 'ok';
  }

  undo(redemption: MRedemption, by: number | 'operator'): Word {
    if (by !== 'operator' && by !== redemption.place) return 'redemption_not_found';
    if (redemption.undone) return 'redemption_undone';
    if (redemption.total !== undefined || this.now >= LAST_INSTANT) return 'undo_too_late';
    if (by !== 'operator' && this.now > redemption.at + 15 * MINUTE) return 'undo_too_late';
    redemption.undone = true;
    redemption.voucher.left += redemption.amount;
    return 'ok';
  }

  /** Redemption's count since its beginning; the answer says up to which number. */
  closePeriod(): { count: number; amountCents: number } {
    const counted = this.redemptions.filter(({ undone }) => !undone);
    for (const one of counted) one.total ??= this.totals;
    return { count: counted.length, amountCents: counted.reduce((all, { amount }) => all + amount, 0) };
  }
  periodClosed(upToSeq: number): void {
    this.totalAt.set(upToSeq, this.totals);
    this.totals += 1;
  }

  /** `ok` with the gross of what is stated now, both places together. */
  closeStatements(): { word: Word; grossCents?: number } {
    const total = this.lastTotalHeard;
    if (total < 0) return { word: 'nothing_to_close' };
    if (total <= this.closedUpTo) return { word: 'ok' };
    const batchNo = this.totalBatch[total]!;
    for (let before = 1; before < batchNo; before += 1) if (!this.heardByNumber.has(before)) return { word: 'redemption_messages_missing' };
    this.closedUpTo = total;
    const lines = this.redemptions.filter((one) => !one.undone && !one.stated && one.total !== undefined && one.total <= total);
    for (const line of lines) {
      line.stated = true;
      this.places[line.place]!.owed += line.amount;
    }
    return { word: 'ok', grossCents: lines.reduce((all, { amount }) => all + amount, 0) };
  }

  /** All that is owed and can be paid leaves. */
  pay(): { word: Word; made: readonly MPayment[] } {
    const made = this.places.filter(({ owed, blocked }) => owed > 0 && !blocked)
      .map((place) => ({ place, amount: place.owed, account: place.account, endToEndId: '' }));
    for (const { place } of made) place.owed = 0;
    this.payments.push(...made);
    return { word: made.length === 0 ? 'nothing_to_pay' : 'ok', made };
  }

  /** The bank sent it back: it is owed again, and that account is paid to no more. */
  giveBack(payment: MPayment): void {
    this.payments.splice(this.payments.indexOf(payment), 1);
    const { place, amount, account } = payment;
    place.owed += amount;
    if (place.account === account) place.blocked = true;
  }

  newAccount(place: MPlace, account: number): void {
    place.account = account;
    place.blocked = false;
  }

  expire(): void {
    for (const voucher of this.vouchers()) {
      if (!this.isSpendable(voucher.batch)) continue;
      voucher.lost += voucher.left;
      voucher.left = 0;
      voucher.hold = undefined;
    }
  }

  private take(voucher: MVoucher, amount: number, place: number, id: string): void {
    voucher.left -= amount;
    this.redemptions.push({ id, voucher, place, amount, at: this.now, undone: false, total: undefined, stated: false });
  }
}
