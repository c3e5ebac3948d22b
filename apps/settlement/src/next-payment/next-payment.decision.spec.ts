import { describe, expect, it } from '@jest/globals';
import { cents, idOf, localDate, type LocalDate, type ProgrammeId } from '#libs/kernel';
import type { Frequency } from '../closing-rules/closing-calendar.decision.js';
import { expectedOf, promisedOf, type Terms } from './next-payment.decision.js';

const [ONE, OTHER, UNRULED] = [1, 2, 3].map((n) => idOf('programme', `01900000-0000-7000-8000-00000000000${n}`)) as [ProgrammeId, ProgrammeId, ProgrammeId];
const rule = (frequency: Frequency, payDaysMax: number, from = '2026-01-01') =>
  ({ version: 1, from: localDate(from), frequency, minimum: cents(0), waitDaysMax: 90, payDaysMax });
const TERMS: Terms = new Map([
  [ONE, { rules: [rule('monthly', 10)], claimableUntil: null }],
  [OTHER, { rules: [rule('weekly', 30)], claimableUntil: null }],
  [UNRULED, { rules: [], claimableUntil: null }],
]);
const on = (day: string): LocalDate => localDate(day);

describe('when a place is paid what it redeemed', () => {
  it.each<[string, ProgrammeId[], string, string | null, string | null]>([
    ['is after the month, and the days that the programme promises', [ONE], '2026-04-02', '2026-04-30', '2026-05-10'],
    ['may be after this very day', [ONE], '2026-04-30', '2026-04-30', '2026-05-10'],
    ['is by what comes first, each by itself: a week ends before a month, and is paid later', [ONE, OTHER], '2026-04-02', '2026-04-05', '2026-05-05'],
    ['is by the programme that says something', [UNRULED, ONE], '2026-04-02', '2026-04-30', '2026-05-10'],
    ['is said by nobody where no programme has a rule', [UNRULED], '2026-04-02', null, null],
    ['is said by nobody where nothing was redeemed', [], '2026-04-02', null, null],
  ])('%s', (_, programmes, today, nextEnd, payBy) => {
    expect(expectedOf(programmes, TERMS, on(today))).toEqual({ nextEnd, payBy });
  });

  it.each<[string, ProgrammeId[], string, string | null]>([
    ['counts from the end of the month before', [ONE], '2026-05-03', '2026-05-10'],
    ['counts from the day itself where a period ends with it', [ONE], '2026-04-30', '2026-05-10'],
    ['is the earliest of its programmes', [ONE, OTHER], '2026-05-03', '2026-05-10'],
    ['is unknown without a rule', [UNRULED], '2026-05-03', null],
  ])('promised for a statement %s', (_, programmes, closedOn, day) => {
    expect(promisedOf(programmes, TERMS, on(closedOn))).toBe(day);
  });
});
