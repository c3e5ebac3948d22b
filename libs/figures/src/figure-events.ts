// What figures need of the events, kept small: a log has millions of redemptions, and somebody who checks it reads it once. Of each
// redemption there are numbers in columns, and its names once for all.
import { dayIn, monthOf, type Month } from '#libs/kernel';

export const FIGURE_TYPES = [
  'programme.published.v1', 'batch.created.v1', 'place.accredited.v1', 'range.activated.v1', 'range.handed_over.v1', 'voucher.expired_chunk.v1',
  'voucher.redeemed.v1', 'redemption.undone.v1', 'time_to_pay.measured.v1',
] as const;
export type FigureType = (typeof FIGURE_TYPES)[number];
export type FigureEvent = Readonly<{ type: string; occurredAt: string; body: unknown }>;

/** Of each name its number, from 0. */
export class Names {
  private readonly numbers = new Map<string, number>();
  private readonly texts: string[] = [];

  number(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    this.numbers.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }

  text(number: number): string {
    return this.texts[number]!;
  }
}

/** Columns, one entry per redemption of a month. Below zero: nobody said. */
export type Redeemed = Readonly<{
  ids: string[]; programmes: number[]; batches: number[]; places: number[]; services: number[]; indexes: number[];
  cents: number[]; minutes: number[];
}>;
export type Flow = Readonly<{ type: FigureType; batch: number; cents: number; vouchers: number }>;
export type Batch = Readonly<{ programmeId: string; bookletSize: number }>;
export type TimeToPay = Readonly<{ programmeId: string; lines: number; medianDays: number; ninthDecileDays: number; longestDays: number }>;

/** Only what is read here; the contract judged the rest. */
type Body = Readonly<{
  programmeId: string; batchId: string; placeId: string; redemptionId: string; name: string; commune?: string; service?: string;
  amountCents: number; first: number; last: number; voucherIndex?: number; durationMinutes?: number; bookletSize?: number;
  month: Month; programmes: readonly TimeToPay[];
}>;
const NOT_SAID = -1;
/** `YYYY-MM-DDTHH`: where the days of the operator begin, an hour does. */
const HOUR_LENGTH = 13;

export class FigureEvents {
  readonly names = { programmes: new Names(), batches: new Names(), places: new Names(), services: new Names() };
  /** By batch and by place, in the numbers of their names. */
  readonly batches = new Map<number, Batch>();
  readonly communes = new Map<number, string>();
  readonly undone = new Set<string>();
  readonly published: Readonly<{ programmeId: string; name: string; month: Month }>[] = [];
  /** The month of the first activation or redemption: the first one that is told. */
  firstMonth: Month | undefined;
  private readonly months = new Map<Month, Readonly<{ redeemed: Redeemed; flows: Flow[] }>>();
  private readonly waits = new Map<Month, readonly TimeToPay[]>();
  private readonly monthOfHour = new Map<string, Month>();
  private forgotten = '' as Month;

  constructor(private readonly timeZone: string) {}

  /** Publications, accreditations and measures in the order of the log, the others in any. What is of no figure is passed over. */
  take({ type, occurredAt, body: told }: FigureEvent): void {
    const body = told as Body;
    switch (type as FigureType) {
      case 'voucher.redeemed.v1': return this.redeem(this.flowed(this.monthAt(occurredAt)), body);
      case 'redemption.undone.v1': this.undone.add(body.redemptionId); return;
      case 'range.activated.v1': return this.flow(type as FigureType, this.flowed(this.monthAt(occurredAt)), body);
      case 'range.handed_over.v1': case 'voucher.expired_chunk.v1': return this.flow(type as FigureType, this.monthAt(occurredAt), body);
      case 'batch.created.v1': this.batches.set(this.names.batches.number(body.batchId), { programmeId: body.programmeId, bookletSize: body.bookletSize ?? 1 }); return;
      case 'place.accredited.v1': if (body.commune !== undefined) this.communes.set(this.names.places.number(body.placeId), body.commune); return;
      case 'programme.published.v1': this.published.push({ programmeId: body.programmeId, name: body.name, month: this.monthAt(occurredAt) }); return;
      case 'time_to_pay.measured.v1': if (!this.waits.has(body.month)) this.waits.set(body.month, body.programmes); return;
    }
  }

  redeemedIn(month: Month): Redeemed | undefined {
    return this.months.get(month)?.redeemed;
  }

  flowsIn(month: Month): readonly Flow[] {
    return this.months.get(month)?.flows ?? [];
  }

  waitsIn(month: Month): readonly TimeToPay[] {
    return this.waits.get(month) ?? [];
  }

  /** A month is told once, after those before it: nothing asks for it or for them again. */
  forgetUpTo(month: Month): void {
    if (month > this.forgotten) this.forgotten = month;
    for (const one of [...this.months.keys()].filter((of) => of <= month)) this.months.delete(one);
  }

  private flowed(month: Month): Month {
    if (this.firstMonth === undefined || month < this.firstMonth) this.firstMonth = month;
    return month;
  }

  private redeem(month: Month, body: Body): void {
    const rows = this.of(month)?.redeemed;
    if (!rows) return;
    const { names } = this;
    rows.ids.push(body.redemptionId);
    rows.programmes.push(names.programmes.number(body.programmeId));
    rows.batches.push(names.batches.number(body.batchId));
    rows.places.push(names.places.number(body.placeId));
    rows.services.push(body.service === undefined ? NOT_SAID : names.services.number(body.service));
    rows.indexes.push(body.voucherIndex ?? NOT_SAID);
    rows.cents.push(body.amountCents);
    rows.minutes.push(body.durationMinutes ?? NOT_SAID);
  }

  private flow(type: FigureType, month: Month, { batchId, amountCents = 0, first, last }: Body): void {
    this.of(month)?.flows.push({ type, batch: this.names.batches.number(batchId), cents: amountCents, vouchers: last - first + 1 });
  }

  private of(month: Month) {
    if (month <= this.forgotten) return undefined;
    let found = this.months.get(month);
    if (!found) {
      const redeemed = { ids: [], programmes: [], batches: [], places: [], services: [], indexes: [], cents: [], minutes: [] };
      found = { redeemed, flows: [] };
      this.months.set(month, found);
    }
    return found;
  }

  private monthAt(occurredAt: string): Month {
    const hour = occurredAt.slice(0, HOUR_LENGTH);
    let month = this.monthOfHour.get(hour);
    if (!month) {
      month = monthOf(dayIn(this.timeZone, new Date(`${hour}:00:00Z`)));
      this.monthOfHour.set(hour, month);
    }
    return month;
  }
}
