import { describe, expect, it } from '@jest/globals';
import type { Figures } from '../alert-rules/figures.decision.js';
import { figures as schema } from '../alert-rules/figures.js';
import type { Use } from './attendance.decision.js';
import { decidePlaceDay } from './place-day.decision.js';

const FIGURES: Figures = schema.parse({
  workshopPersonsMax: 30, workshopPersonsMin: 5, workshopsPerDayMax: 6,
  velocityMinutes: 10, placeAttendancesMax: 20, deviceAttendancesMax: 12,
  drainMinutes: 5, drainHandOversMin: 10,
  bookletVouchersMin: 5, bookletMinutes: 60, bookletsEmptiedMin: 3,
  neighbourMinutes: 60, neighbourPersonsMin: 15,
  nightFromMinute: 1320, nightToMinute: 360, nightAttendancesMax: 3,
  concentrationVouchersMin: 100, concentrationPercentMin: 60,
});
const MINUTE = 60_000;
const TEN_OCLOCK = Date.UTC(2026, 2, 10, 9);
let made = 0;

/** A voucher of its own, far from every other in its batch, handed over weeks ago. */
const use = (minutes: number, over: Partial<Use> = {}): Use => {
  made += 1;
  return {
    redemptionId: `r${made}`, at: TEN_OCLOCK + minutes * MINUTE, minute: 600 + Math.floor(minutes), deviceId: null, batchId: 'b', index: made * 100,
    sessionId: null, participationId: null, amountCents: 1000, handOver: null, judgedBy: [], ...over,
  };
};
const many = (count: number, of: (at: number) => Use): Use[] => Array.from({ length: count }, (_, at) => of(at));
const lit = (uses: readonly Use[]) => decidePlaceDay(uses, FIGURES).map(({ rule }) => rule);
const booklet = (id: string, first: number, at: number, size = 5) =>
  many(size, (n) => use(at + n, { index: first + n, handOver: { id, at: TEN_OCLOCK - 9_000 * MINUTE, first, last: first + size - 1 } }));
const handedOver = (id: string, at: number, index: number) =>
  ({ index, handOver: { id, at: TEN_OCLOCK + at * MINUTE, first: index, last: index } });

describe('a day of a place', () => {
  it.each<[string, () => Use[], string[]]>([
    ['that is quiet', () => many(60, (n) => use(n * 8)), []],
    ['with 20 people within ten minutes', () => many(20, (n) => use(n * 0.49)), []],
    ['with 21 people within ten minutes', () => many(21, (n) => use(n * 0.47)), ['place_velocity']],
    ['with 21 people over exactly ten minutes', () => many(21, (n) => use(n * 0.5)), []],
    ['with 21 vouchers of three people', () => many(21, (n) => use(n * 0.4, { participationId: `p${n % 3}` })), []],
    ['with a workshop of 30', () => many(30, (n) => use(n * 0.1, { sessionId: 's' })), []],
    ['with 30 people who used three vouchers each at a workshop', () => many(90, (n) => use(0, { sessionId: 's', participationId: `p${n % 30}` })), []],
    ['with one session for all that is redeemed, to hide it', () => many(30 * 21, (n) => use(n * 0.01, { sessionId: 's' })), ['place_velocity', 'too_many_workshops']],
    ['with 13 people on one device', () => many(13, (n) => use(n * 0.5, { deviceId: 'd' })), ['device_velocity']],
    ['with 12 people on each of two devices, an hour apart', () => many(24, (n) => use((n % 12) * 0.5 + (n < 12 ? 0 : 60), { deviceId: n < 12 ? 'd' : 'e' })), []],
    ['with ten vouchers used three minutes after they were handed over', () => many(10, (n) => use(n * 30 + 3, handedOver(`h${n}`, n * 30, n * 50))), ['instant_drain']],
    ['with nine of them', () => many(9, (n) => use(n * 30 + 3, handedOver(`h${n}`, n * 30, n * 50))), []],
    ['with ten that are used six minutes after', () => many(10, (n) => use(n * 30 + 6, handedOver(`h${n}`, n * 30, n * 50))), []],
    ['with ten that are used before they are handed over', () => many(10, (n) => use(n * 30, handedOver(`h${n}`, n * 30 + 1, n * 50))), []],
    ['with ten that are handed out at the door of a workshop', () => many(10, (n) => use(3, { ...handedOver(`h${n}`, 0, n * 50), sessionId: 's' })), []],
    ['with three booklets emptied, each within an hour', () => [0, 1, 2].flatMap((n) => booklet(`h${n}`, n * 1_000, n * 100)), ['emptied_booklets']],
    ['with two of them', () => [0, 1].flatMap((n) => booklet(`h${n}`, n * 1_000, n * 100)), []],
    ['with three of four vouchers each', () => [0, 1, 2].flatMap((n) => booklet(`h${n}`, n * 1_000, n * 100, 4)), []],
    ['with three booklets that keep a voucher', () => [0, 1, 2].flatMap((n) => booklet(`h${n}`, n * 1_000, n * 100).slice(1)), []],
    ['with 15 neighbouring vouchers within an hour', () => many(15, (n) => use(n * 4, { index: 500 + n })), ['neighbouring_vouchers']],
    ['with 14 neighbouring vouchers', () => many(14, (n) => use(n * 4, { index: 500 + n })), []],
    ['with 15 neighbouring vouchers over a day', () => many(15, (n) => use(n * 30, { index: 500 + n })), []],
    ['with every second one of 30', () => many(15, (n) => use(n * 4, { index: 500 + n * 2 })), []],
    ['with neighbours of two batches', () => many(16, (n) => use(n * 3, { index: 500 + Math.floor(n / 2), batchId: `b${n % 2}` })), []],
    ['with three booklets in a row, which are three people', () => [0, 1, 2].flatMap((n) => booklet(`h${n}`, 500 + n * 7, n * 70, 7).slice(1)), []],
    ['with one balance voucher used 15 times', () => many(15, (n) => use(n * 4, { index: 500 })), []],
    ['with a workshop of 15 people with neighbouring vouchers', () => many(15, (n) => use(0, { index: 500 + n, sessionId: 's' })), []],
    ['with six workshops', () => many(60, (n) => use(Math.floor(n / 10) * 60, { sessionId: `s${Math.floor(n / 10)}` })), []],
    ['with seven workshops', () => many(70, (n) => use(Math.floor(n / 10) * 60, { sessionId: `s${Math.floor(n / 10)}` })), ['too_many_workshops']],
    ['with seven sessions of four', () => many(28, (n) => use(Math.floor(n / 4) * 60, { sessionId: `s${Math.floor(n / 4)}` })), []],
    ['with four people at night', () => many(4, (n) => use(n * 20, { minute: n % 2 ? 1_320 : 359 })), ['night']],
    ['with three people at night', () => many(3, (n) => use(n * 20, { minute: 0 })), []],
    ['with four people at six and before ten', () => many(4, (n) => use(n * 20, { minute: n % 2 ? 360 : 1_319 })), []],
    ['with a workshop at night', () => many(20, () => use(0, { minute: 30, sessionId: 's' })), []],
  ])('%s', (_, uses, rules) => {
    expect(lit(uses())).toEqual(rules);
  });

  it('rests on what lies in a window above the bound, and says what it counted', () => {
    const [calm, rush] = [many(5, (n) => use(200 + n * 30)), many(22, (n) => use(n * 0.4))];
    const [found, ...more] = decidePlaceDay([...calm, ...rush], FIGURES);
    expect(more).toEqual([]);
    expect(found!.measured).toEqual({ most: 22, minutes: 10, bound: 20 });
    expect(found!.facts.map(({ redemptionId }) => redemptionId).sort()).toEqual(rush.map(({ redemptionId }) => redemptionId).sort());
  });

  it('does not count again, by the same rule, what somebody has judged', () => {
    const rush = many(21, (n) => use(n * 0.4, { judgedBy: ['place_velocity'] }));
    expect(lit(rush)).toEqual([]);
    expect(lit([...rush, ...many(21, (n) => use(30 + n * 0.4))])).toEqual(['place_velocity']);
    expect(lit(rush.map((one) => ({ ...one, judgedBy: ['night'] })))).toEqual(['place_velocity']);
  });
});
