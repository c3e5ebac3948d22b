import { describe, expect, it } from '@jest/globals';
import { localDate } from '#libs/kernel';
import { decideLeft, decideReturn, type Departure, type OpenDeparture } from './departure.decision.js';

const day = localDate;
const left = (from: string, until?: string): Departure => ({ from: day(from), ...(until && { until: day(until) }) });

describe('a service of a place that leaves', () => {
  it.each<[string, Departure[], string, string, string | undefined]>([
    ['is taken where it said nothing', [], '2026-03-10', '2026-03-10', undefined],
    ['is taken up to the evening before', [left('2026-03-11')], '2026-03-10', '2026-03-10', undefined],
    ['is refused from the day on', [left('2026-03-10')], '2026-03-10', '2026-03-10', 'place_left'],
    ['is refused of a later day', [left('2026-03-10')], '2026-03-12', '2026-03-12', 'place_left'],
    ['of before is taken on the thirtieth day after', [left('2026-03-10')], '2026-03-09', '2026-04-09', undefined],
    ['of before is too late on the thirty-first', [left('2026-03-10')], '2026-03-09', '2026-04-10', 'place_claim_too_late'],
    ['is taken where the departure was taken back', [left('2026-03-12', '2026-03-12')], '2026-03-13', '2026-03-13', undefined],
    ['is taken from the day on which it was accredited again', [left('2026-03-10', '2026-03-20')], '2026-03-20', '2026-03-20', undefined],
    ['of between stays refused', [left('2026-03-10', '2026-03-20')], '2026-03-19', '2026-03-21', 'place_left'],
    ['of before is not too late once it is back', [left('2026-03-10', '2026-03-20')], '2026-03-09', '2026-05-01', undefined],
    ['is refused by a later departure than one that ended', [left('2026-03-01', '2026-03-05'), left('2026-03-10')], '2026-03-10', '2026-03-10', 'place_left'],
  ])('%s', (_, departures, serviceDate, today, code) => {
    expect(decideLeft(departures, day(serviceDate), day(today))?.code).toBe(code);
  });

  it('is refused with the days that the departure bars', () => {
    expect(decideLeft([left('2026-03-10', '2026-03-20')], day('2026-03-12'), day('2026-03-12'))!.details).toEqual({ from: '2026-03-10', until: '2026-03-20' });
  });
});

describe('an accreditation of a place that leaves', () => {
  const open: OpenDeparture = { from: day('2026-04-01'), statedAt: new Date('2026-03-10T10:00:00Z') };
  const [EARLIER, LATER] = [new Date('2026-03-10T09:00:00Z'), new Date('2026-04-02T09:00:00Z')];

  it.each<[string, OpenDeparture | undefined, string, Date | null, string]>([
    ['has nothing to do with a departure where there is none', undefined, '2026-04-01', null, 'stays'],
    ['corrects the days before, and the departure stays', open, '2026-03-31', null, 'stays'],
    ['is refused from its day on, where nobody applied', open, '2026-04-01', null, 'departure_stands'],
    ['is refused where the application was of before', open, '2026-04-01', EARLIER, 'departure_stands'],
    ['of an application of before corrects the days before', open, '2026-01-01', EARLIER, 'stays'],
    ['ends it where the place applied since', open, '2026-01-01', LATER, 'ends'],
  ])('%s', (_, departure, from, appliedAt, expected) => {
    const decided = decideReturn(departure, { from: day(from), appliedAt });
    expect(typeof decided === 'string' ? decided : decided.code).toBe(expected);
  });
});
