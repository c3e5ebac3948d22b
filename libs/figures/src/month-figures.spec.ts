// Figures of a month from events alone: what counts, what is nobody's business, and what nobody can reckon from what is told.
import { describe, expect, it } from '@jest/globals';
import type { Month } from '#libs/kernel';
import { FigureEvents } from './figure-events.js';
import { firstDifference } from './first-difference.js';
import { FIGURES_ZONE, figuresOf, PEOPLE_MIN, type MonthFigures } from './month-figures.js';

const MARCH = '2026-03' as Month;
const AT = '2026-03-10T09:30:00.000000Z';
type Used = Readonly<{ id?: string; place?: string; person: number; service?: string; at?: string; minutes?: number }>;

class Log {
  readonly events = new FigureEvents(FIGURES_ZONE);
  private last = 0;

  constructor() {
    this.say('programme.published.v1', { programmeId: 'p', name: 'Cap' });
    this.say('batch.created.v1', { batchId: 'b', programmeId: 'p', bookletSize: 10 });
  }

  say(type: string, body: object, occurredAt = AT): this {
    this.events.take({ type, occurredAt, body });
    return this;
  }

  place(placeId: string, commune: string): this {
    return this.say('place.accredited.v1', { placeId, commune });
  }

  used({ id = String(this.last += 1), place = 'x', person, service = 'employment', at = AT, minutes }: Used): this {
    return this.say('voucher.redeemed.v1', { redemptionId: id, programmeId: 'p', batchId: 'b', placeId: place, voucherIndex: person * 10, amountCents: 100, service, durationMinutes: minutes }, at);
  }

  figures = (month = MARCH): MonthFigures => figuresOf(this.events, month, []);
}
const people = (log: Log, from: number, count: number, over: Partial<Used> = {}) => {
  for (let person = from; person < from + count; person += 1) log.used({ person, ...over });
  return log;
};

describe('the figures of a month', () => {
  it('begin and end with the days of the operator, whatever the order in which places and batches are told', () => {
    const log = people(new Log(), 0, 12, { at: '2026-02-28T23:00:00.000000Z', minutes: 30 }).used({ person: 50, at: '2026-03-31T22:00:00.000000Z' }).place('x', '97411');
    expect(log.figures().services).toEqual([{ programmeId: 'p', departement: '974', service: 'employment', redemptions: 12, amountCents: 1_200, places: 1, minutes: 360 }]);
    expect(log.figures('2026-04' as Month).programmes).toMatchObject([{ redemptions: null }]);
  });

  it('leave out what was undone, and what is of a month that was told before', () => {
    const log = people(new Log(), 0, 12).used({ id: 'wrong', person: 13 }).say('redemption.undone.v1', { redemptionId: 'wrong' }, '2026-04-01T10:00:00.000000Z');
    expect(log.figures().programmes).toMatchObject([{ redemptions: 12, redeemedCents: 1_200 }]);
    log.events.forgetUpTo(MARCH);
    expect(people(log, 0, 12).figures().programmes).toMatchObject([{ redemptions: 0, hiddenGroups: 0 }]);
  });

  it('sum what was activated, handed over and expired, and name programmes as they were named by then', () => {
    const log = new Log().say('range.activated.v1', { batchId: 'b', first: 0, last: 199, amountCents: 20_000 }).say('range.handed_over.v1', { batchId: 'b', first: 0, last: 109 })
      .say('voucher.expired_chunk.v1', { batchId: 'b', first: 0, last: 9, amountCents: 700 }).say('programme.published.v1', { programmeId: 'p', name: 'Later' }, '2026-04-01T10:00:00.000000Z');
    expect(log.figures().programmes).toMatchObject([{ name: 'Cap', activatedCents: 20_000, handedOver: 110, expiredCents: 700 }]);
    expect(log.say('range.handed_over.v1', { batchId: 'other', first: 0, last: 9 }).figures().programmes).toMatchObject([{ handedOver: 110 }]);
  });
});

describe('communes', () => {
  const told = (log: Log) => log.figures().communes.map(({ commune, redemptions }) => [commune, redemptions]);
  const inThree = () => new Log().place('x', '42218').place('y', '42100').place('z', '42200');

  it('are told where every service of their département is', () => {
    expect(told(people(people(inThree(), 0, 12), 20, 15, { place: 'y' }))).toEqual([['42100', 15], ['42218', 12]]);
  });

  it('of few people are not told, nor the one that follows from the others', () => {
    const log = people(people(people(inThree(), 0, 12), 20, 15, { place: 'y' }), 40, 3, { place: 'z' });
    expect(told(log)).toEqual([['42100', 15]]);
    expect(log.figures().programmes[0]!.hiddenCommunes).toBe(2);
  });

  it('are told by nobody where a service of their département is left out', () => {
    expect(told(people(people(people(inThree(), 0, 12), 20, 15, { place: 'y' }), 40, 3, { service: 'safe_use' }))).toEqual([]);
  });

  it('leave nothing small in the difference to the services of their département, whatever the month', () => {
    const seen = { shown: 0, left: 0 };
    for (let seed = 1; seed < 400; seed += 1) {
      const log = new Log();
      let state = seed;
      const random = (below: number) => (state = (state * 48_271) % 2_147_483_647) % below;
      // Some are named often, so that beside small ones there are large ones.
      const communes = ['42001', '42002', '42003', '42004', '26001', '26002', '26003', '38001'];
      const drawn = [...communes, '42001', '42001', '42002', '26001', '26001', '26001', '26002'];
      communes.forEach((commune) => log.place(commune, commune));
      const uses = Array.from({ length: 30 + random(90) }, () => ({ person: random(60), commune: drawn[random(drawn.length)]! }));
      uses.forEach(({ person, commune }) => log.used({ person, place: commune, service: random(100) === 0 ? 'safe_use' : 'employment' }));
      const peopleIn = (those: readonly string[]) =>
        new Set(uses.filter(({ commune }) => those.includes(commune)).map(({ person }) => person)).size;
      const shown = log.figures().communes.map(({ commune }) => commune);
      seen.shown += shown.length;
      expect(shown.every((commune) => peopleIn([commune]) >= PEOPLE_MIN)).toBe(true);
      for (const departement of new Set(shown.map((commune) => commune.slice(0, 2)))) {
        // The services of the département less the communes that are told: nothing, or what eleven people had in two communes.
        const left = communes.filter((commune) => commune.startsWith(departement) && !shown.includes(commune) && peopleIn([commune]) > 0);
        seen.left += left.length;
        expect(left.length === 0 || (left.length >= 2 && peopleIn(left) >= PEOPLE_MIN)).toBe(true);
      }
    }
    expect([seen.shown > 100, seen.left > 100]).toEqual([true, true]);
  });
});

describe('a difference of two tables', () => {
  const figures = people(new Log().place('x', '42218'), 0, 12).figures();

  it('is none of the same, and names what is changed, added or left out', () => {
    expect(firstDifference(figures, figures)).toBeUndefined();
    expect(firstDifference({ ...figures, services: [] }, figures)).toEqual({ code: 'services.42.employment.redemptions', programmeId: 'p', published: undefined, recomputed: 12 });
    const [row] = figures.programmes;
    expect(firstDifference({ ...figures, programmes: [{ ...row!, redemptions: 99 }, row!] }, figures)).toMatchObject({ code: 'redemptions', published: 99, recomputed: 12 });
    expect(firstDifference(figures, { ...figures, communes: [] })).toMatchObject({ code: 'communes.42218.redemptions', published: 12, recomputed: undefined });
  });
});
