import { describe, expect, it } from '@jest/globals';
import { idOf, localDate } from '#libs/kernel';
import { decideDeparture, decideTakingBack, type Leaving, type WantedDeparture } from './leave-programme.decision.js';

const day = localDate;
const [ONE, TWO, OTHER] = ['1', '2', '3'].map((last) => idOf('programme', `01900000-0000-7000-8000-00000000000${last}`)) as [never, never, never];
const today = day('2026-03-10');
const place = (over: Partial<Leaving> = {}): Leaving => ({
  today, programmes: [{ programmeId: ONE, until: day('2026-12-31') }, { programmeId: TWO, until: day('2027-12-31') }], open: [], ...over,
});
const leave = (from: string, programmeId: WantedDeparture['programmeId'] = null): WantedDeparture => ({ programmeId, from: day(from) });
const saidOne = place({ open: [{ programmeId: ONE, from: day('2026-05-01') }] });

describe('a departure', () => {
  it.each<[string, Leaving, WantedDeparture, unknown[]]>([
    ['leaves everything from today on', place(), leave('2026-03-10'), [ONE, TWO]],
    ['leaves one programme, from a later day', place(), leave('2026-06-01', TWO), [TWO]],
    ['is stated a year ahead', place(), leave('2027-03-10'), [TWO]],
    ['leaves alone what it leaves already', saidOne, leave('2026-03-10'), [TWO]],
    ['leaves no programme whose accreditation is over by then', place(), leave('2027-01-01'), [TWO]],
  ])('%s', (_, given, wanted, programmeIds) => {
    expect(decideDeparture(given, wanted)).toEqual({ kind: 'stated', programmeIds });
  });

  it.each<[string, Leaving | undefined, WantedDeparture, string, object]>([
    ['a place that is not registered', undefined, leave('2026-03-10'), 'place_not_found', {}],
    ['yesterday', place(), leave('2026-03-09'), 'departure_day_past', { today: '2026-03-10' }],
    ['a day after more than a year', place(), leave('2027-03-11'), 'departure_too_far', { lastDay: '2027-03-10' }],
    ['a programme that it never took', place(), leave('2026-03-10', OTHER), 'nothing_to_leave', {}],
    ['a day on which its accreditation is over', place(), leave('2027-01-01', ONE), 'nothing_to_leave', {}],
    ['what it leaves already', saidOne, leave('2026-03-10', ONE), 'departure_stated', { from: '2026-05-01' }],
  ])('is not for %s', (_, given, wanted, code, details) => {
    expect(decideDeparture(given, wanted)).toEqual({ kind: 'rejected', code, details });
  });
});

describe('the taking back of a departure', () => {
  it.each<[string, Parameters<typeof decideTakingBack>[0], string | undefined]>([
    ['is done up to the evening before', { from: day('2026-03-11'), isEnded: false }, undefined],
    ['is too late on its day', { from: day('2026-03-10'), isEnded: false }, 'departure_begun'],
    ['is done once', { from: day('2026-03-11'), isEnded: true }, 'departure_ended'],
    ['is of one\'s own', undefined, 'departure_not_found'],
  ])('%s', (_, departure, code) => {
    expect(decideTakingBack(departure, today)?.code).toBe(code);
  });
});
