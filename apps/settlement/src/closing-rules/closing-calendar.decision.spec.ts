import { describe, expect, it } from '@jest/globals';
import { addDays, localDate, type LocalDate } from '#libs/kernel';
import { isDue, isPeriodEnd, lastPeriodEnd, type Frequency } from './closing-calendar.decision.js';

const endsIn = (frequency: Frequency, from: string, days: number): LocalDate[] =>
  Array.from({ length: days }, (_, at) => addDays(localDate(from), at)).filter((day) => isPeriodEnd(frequency, day));

describe('the calendar of statements', () => {
  it.each<[Frequency, string, number, string[]]>([
    ['weekly', '2026-03-01', 29, ['2026-03-01', '2026-03-08', '2026-03-15', '2026-03-22', '2026-03-29']],
    ['twice_monthly', '2028-02-01', 45, ['2028-02-15', '2028-02-29', '2028-03-15']],
    ['monthly', '2026-01-01', 90, ['2026-01-31', '2026-02-28', '2026-03-31']],
  ])('ends its %s periods on these days', (frequency, from, days, ends) => {
    expect(endsIn(frequency, from, days)).toEqual(ends);
  });

  it.each<[string, Frequency, string, string | null, boolean]>([
    ['is due when nothing was ever closed', 'monthly', '2026-03-10', null, true],
    ['is due on the last evening of a month', 'monthly', '2026-03-31', '2026-03-01', true],
    ['is due on the first of the next month', 'monthly', '2026-04-01', '2026-03-25', true],
    ['is due days late', 'monthly', '2026-04-09', '2026-03-25', true],
    ['is not due twice for one month', 'monthly', '2026-04-09', '2026-04-01', false],
    ['is not due on the first after the last evening was', 'monthly', '2026-04-01', '2026-03-31', false],
    ['is not due within the month', 'monthly', '2026-03-30', '2026-03-02', false],
    ['is due on the sixteenth, too', 'twice_monthly', '2026-03-16', '2026-03-02', true],
    ['is not due on the fourteenth', 'twice_monthly', '2026-03-14', '2026-03-02', false],
    ['is due each Monday', 'weekly', '2026-03-16', '2026-03-09', true],
    ['is not due on Saturday', 'weekly', '2026-03-14', '2026-03-09', false],
  ])('%s', (_name, frequency, day, lastDay, due) => {
    expect(isDue(frequency, { day: localDate(day), lastDay: lastDay === null ? null : localDate(lastDay) })).toBe(due);
  });

  it.each<Frequency>(['weekly', 'twice_monthly', 'monthly'])('of daily closings takes exactly the first after each end: %s', (frequency) => {
    const days = Array.from({ length: 730 }, (_, at) => addDays(localDate('2026-01-01'), at));
    const due = days.filter((day) => isDue(frequency, { day, lastDay: addDays(day, -1) }));
    expect(due).toEqual(days.filter((day) => isPeriodEnd(frequency, day)));
    for (const day of days) expect(addDays(lastPeriodEnd(frequency, day), 31) >= day).toBe(true);
  });
});
