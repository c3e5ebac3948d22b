import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { calendarOf, daysBetween, weekdayOf } from './calendar.decision.js';
import { CURVE_PERCENT, loadOf, redemptionsOf, type Session } from './load.decision.js';
import { seededDraw } from './seeded-draw.js';

const calendar = calendarOf(2026);
const load = (redemptions: number, seed: string, placeWeights: readonly number[] = [50, 8, 4, 2, 1]) =>
  loadOf({ redemptions, placeWeights, calendar }, seededDraw(seed, 'load'));
const people = (sessions: readonly Session[]) => sessions.reduce((sum, session) => sum + session.people, 0);
const share = (sessions: readonly Session[], fits: (session: Session) => boolean) => sessions.filter(fits).length / sessions.length;
const lag = ({ servedOn, enteredOn }: Session) => daysBetween(servedOn, enteredOn);

describe('the load of a year', () => {
  const large = load(20_000, 'large');

  it('redeems exactly what was asked for, within the days of the scheme, in the order of entry', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 400 }), fc.string(), (redemptions, seed) => {
      const sessions = load(redemptions, seed);
      expect(people(sessions)).toBe(redemptions);
      for (const { people: count, servedOn, enteredOn, minuteOfDay, place } of sessions) {
        expect(count).toBeGreaterThan(0);
        expect(count).toBeLessThanOrEqual(28);
        expect(servedOn >= calendar.activatedOn && servedOn <= calendar.usableUntil).toBe(true);
        expect(enteredOn >= servedOn && enteredOn <= calendar.claimableUntil).toBe(true);
        expect(minuteOfDay >= 8 * 60 && minuteOfDay < 20 * 60 && place >= 0 && place < 5).toBe(true);
      }
      const moments = sessions.map((session) => `${session.enteredOn} ${String(session.minuteOfDay).padStart(4, '0')}`);
      expect(moments).toEqual([...moments].sort());
    }), { numRuns: 60 });
  });

  it('follows the curve, month by month, to 38 % of the vouchers', () => {
    const vouchers = 2_000;
    const sessions = load(redemptionsOf(vouchers), 'curve');
    expect(redemptionsOf(vouchers)).toBe(760);
    calendar.months.forEach(({ to }, index) => {
      expect(people(sessions.filter(({ enteredOn }) => enteredOn <= to))).toBe((vouchers * CURVE_PERCENT[index]!) / 100);
    });
  });

  it('has the weekdays and hours of places, and none of a Sunday', () => {
    const percent = (fits: (session: Session) => boolean) => Math.round(100 * share(large, fits));
    const about = (expected: number) => (expected === 0 ? 0 : expect.closeTo(expected, -0.6)); // within two points
    expect([1, 2, 3, 4, 5, 6, 0].map((weekday) => percent(({ servedOn }) => weekdayOf(servedOn) === weekday)))
      .toEqual([18, 20, 21, 20, 19, 3, 0].map(about));
    const hours = (from: number, to: number) => percent(({ minuteOfDay }) => minuteOfDay >= from * 60 && minuteOfDay < to * 60);
    expect([hours(9, 12), hours(12, 14), hours(14, 17), hours(17, 24)]).toEqual([41, 9, 40, 6].map(about));
  });

  it('enters most on the same day, and some weeks late', () => {
    expect(share(large, (session) => lag(session) === 0)).toBeCloseTo(0.44, 1);
    expect(share(large, (session) => lag(session) <= 7)).toBeCloseTo(0.86, 1);
    expect(share(large, (session) => lag(session) > 30)).toBeGreaterThan(0.012);
    expect(share(large, (session) => lag(session) > 30)).toBeLessThan(0.04);
    const month = (day: string) => day.slice(0, 7);
    expect(share(large, ({ servedOn, enteredOn }) => month(servedOn) !== month(enteredOn))).toBeGreaterThan(0.05);
    expect(large.filter(({ enteredOn }) => enteredOn > calendar.usableUntil).length).toBeGreaterThan(100);
  });

  it('has workshops in one session of seven, which serve half of all people', () => {
    const workshops = large.filter((session) => session.people > 1);
    expect(workshops.length / large.length).toBeCloseTo(0.15, 1);
    expect(people(workshops) / people(large)).toBeCloseTo(0.52, 1);
    const sizes = workshops.map((session) => session.people).sort((a, b) => a - b);
    expect([4, 5, 6]).toContain(sizes[sizes.length >> 1]);
    expect(sizes.at(-1)).toBe(28);
  });

  it('goes to places by their weight', () => {
    expect(share(large, ({ place }) => place === 0)).toBeCloseTo(50 / 65, 1);
  });
});
