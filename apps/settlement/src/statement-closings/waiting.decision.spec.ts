import { describe, expect, it } from '@jest/globals';
import { cents, idOf, localDate, type ProgrammeId } from '#libs/kernel';
import type { Frequency } from '../closing-rules/closing-calendar.decision.js';
import { chancesOf, decideWaiting, type ProgrammeTerms } from './waiting.decision.js';

const uuid = (at: number) => `01902c7b-5d2a-7c3e-9f00-00000000000${at}`;
const programme = (at: number) => idOf('programme', uuid(at));
const [MONTHLY, WEEKLY, FREE, FINAL, LATER] = [programme(1), programme(2), programme(3), programme(4), programme(5)];
const terms = (frequency: Frequency, minimum: number, over: Partial<ProgrammeTerms> = {}, from = '2026-01-01'): ProgrammeTerms => ({
  rules: [{ version: 1, from: localDate(from), frequency, minimum: cents(minimum), waitDaysMax: 90, payDaysMax: 20 }],
  claimableUntil: null, ...over,
});
const TERMS = new Map([
  [MONTHLY, terms('monthly', 2000)], [WEEKLY, terms('weekly', 5000)],
  [FINAL, terms('monthly', 5000, { claimableUntil: localDate('2026-03-16') })], [LATER, terms('monthly', 5000, {}, '2026-04-01')],
]);
/** A Monday within a month, and the first of the next one. */
const MIDDLE = { day: localDate('2026-03-16'), lastDay: localDate('2026-03-09') };
const FIRST = { day: localDate('2026-04-01'), lastDay: localDate('2026-03-30') };

describe('what a payee has open', () => {
  it.each<[string, ProgrammeId[], [number, number], typeof FIRST, string | undefined]>([
    ['waits for the end of its month', [MONTHLY], [100_000, 0], MIDDLE, 'not_due'],
    ['waits for it however long it waited, because that is soon', [MONTHLY], [100_000, 300], MIDDLE, 'not_due'],
    ['closes with the minimum', [MONTHLY], [2000, 0], FIRST, undefined],
    ['waits with a cent less', [MONTHLY], [1999, 0], FIRST, 'below_minimum'],
    ['waits a day less than it may', [MONTHLY], [1, 89], FIRST, 'below_minimum'],
    ['closes after the longest wait, whatever it comes to', [MONTHLY], [1, 90], FIRST, undefined],
    ['closes whole when one of its programmes is due and content', [MONTHLY, WEEKLY], [5000, 0], MIDDLE, undefined],
    ['waits for the minimum of the programme that is due, not of another one', [MONTHLY, WEEKLY], [2000, 0], MIDDLE, 'below_minimum'],
    ['closes with a cent where a programme has no rule', [MONTHLY, FREE], [1, 0], MIDDLE, undefined],
    ['closes on the last day of claims, whatever it comes to', [FINAL], [1, 0], MIDDLE, undefined],
    ['waits as long as claims go on', [FINAL], [1, 0], { day: localDate('2026-03-15'), lastDay: localDate('2026-02-28') }, 'not_due'],
    ['closes while a rule is only to come', [LATER], [1, 0], MIDDLE, undefined],
    ['waits once it has come', [LATER], [1, 0], FIRST, 'below_minimum'],
  ])('%s', (_name, programmeIds, [net, waitedDays], at, expected) => {
    expect(decideWaiting({ programmeIds, net: cents(net), waitedDays }, TERMS, at)).toBe(expected);
  });
});

describe('when it may be paid', () => {
  const today = localDate('2026-03-10');
  it.each<[string, ProgrammeId[], string, string | null, string | null]>([
    ['at the end of the month, and after ninety days at the latest', [MONTHLY], '2026-03-01', '2026-03-31', '2026-05-31'],
    ['by the programme that comes first', [MONTHLY, WEEKLY], '2026-03-01', '2026-03-15', '2026-05-31'],
    ['with the end of claims', [FINAL], '2026-03-01', '2026-03-16', '2026-03-16'],
    ['at the next end when it has waited long enough', [MONTHLY], '2025-10-01', '2026-03-31', '2026-03-31'],
    ['some day, where nothing says when', [], '2026-03-01', null, null],
  ])('%s', (_name, programmeIds, since, nextEnd, latestEnd) => {
    expect(chancesOf(programmeIds.map((id) => TERMS.get(id)!), { today, since: localDate(since) })).toEqual({ nextEnd, latestEnd });
  });
});
