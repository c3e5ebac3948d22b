import { describe, expect, it } from '@jest/globals';
import { dayIn, localDate } from '#libs/kernel';
import { calendarOf, dueSteps, type ExpiryStep } from './expiry-calendar.decision.js';

const dates = (usableUntil: string, claimableUntil: string) =>
  ({ usableUntil: localDate(usableUntil), claimableUntil: localDate(claimableUntil) });
const YEAR_END = dates('2026-12-31', '2027-01-31');
const at = (instant: string) => ({ now: new Date(instant), today: dayIn('Europe/Paris', new Date(instant)) });
const ALL: readonly ExpiryStep[] = ['thirty_days', 'fifteen_days', 'seven_days', 'use_ended', 'claims_ended'];

describe('the calendar of a vintage', () => {
  it.each([
    ['31 December and a month of grace', '2026-12-31', '2027-01-31', ['2026-12-01', '2026-12-16', '2026-12-24', '2027-01-01', '2027-02-01']],
    ['over the end of a leap year\'s February', '2028-03-14', '2028-04-14', ['2028-02-13', '2028-02-28', '2028-03-07', '2028-03-15', '2028-04-15']],
    ['over the end of another February', '2027-03-14', '2027-04-14', ['2027-02-12', '2027-02-27', '2027-03-07', '2027-03-15', '2027-04-15']],
    ['29 February itself', '2028-02-29', '2028-03-31', ['2028-01-30', '2028-02-14', '2028-02-22', '2028-03-01', '2028-04-01']],
    ['over a year\'s end', '2027-01-10', '2027-02-10', ['2026-12-11', '2026-12-26', '2027-01-03', '2027-01-11', '2027-02-11']],
    ['over the clock change of spring', '2027-03-31', '2027-04-30', ['2027-03-01', '2027-03-16', '2027-03-24', '2027-04-01', '2027-05-01']],
    ['without grace', '2026-12-31', '2026-12-31', ['2026-12-01', '2026-12-16', '2026-12-24', '2027-01-01', '2027-01-01']],
  ])('of %s', (_, usable, claimable, days) => {
    expect(calendarOf(dates(usable, claimable)).map(({ step, dueOn }) => [step, dueOn]))
      .toEqual(ALL.map((step, place) => [step, days[place]]));
  });

  it.each<[string, string, readonly ExpiryStep[], readonly ExpiryStep[]]>([
    ['nothing before the thirtieth day begins in Paris', '2026-11-30T22:59:59Z', [], []],
    ['the thirtieth day as it begins in Paris, though Cayenne is a day behind', '2026-11-30T23:00:00Z', [], ['thirty_days']],
    ['the fifteenth alone, where the thirtieth was told', '2026-12-16T08:00:00Z', ['thirty_days'], ['fifteen_days']],
    ['what was told no more', '2026-12-16T08:00:00Z', ['thirty_days', 'fifteen_days'], []],
    ['the end of use as it ends in Paris, though Nouméa has a new year since ten hours', '2026-12-31T23:00:00Z', ALL.slice(0, 3), ['use_ended']],
    ['not the end of claims while a place at UTC-12 may claim', '2027-02-01T11:59:59Z', ALL.slice(0, 4), []],
    ['the end of claims when it is over everywhere', '2027-02-01T12:00:00Z', ALL.slice(0, 4), ['claims_ended']],
    ['all that was missed, in order, to a service that was away', '2027-02-01T12:00:00Z', [], ALL],
    ['only what was missed', '2027-01-05T12:00:00Z', ['fifteen_days'], ['thirty_days', 'seven_days', 'use_ended']],
  ])('tells %s', (_, now, told, due) => {
    expect(dueSteps(YEAR_END, told, at(now)).map(({ step }) => step)).toEqual(due);
  });
});
