import { describe, expect, it } from '@jest/globals';
import { dueMonth, type Month } from './month.js';
import { localDate } from './time.js';

const on = (today: string, last?: string, firstDay?: string) => dueMonth(
  { today: localDate(today), last: last as Month | undefined, firstDay: firstDay === undefined ? undefined : localDate(firstDay) }, 5);

describe('the month to tell of next', () => {
  it.each([
    ['there is nothing yet', on('2026-06-20'), undefined],
    ['the month of the first thing runs', on('2026-04-30', undefined, '2026-04-03'), undefined],
    ['it is over, and more of it may be on its way', on('2026-05-05', undefined, '2026-04-03'), undefined],
    ['it has settled', on('2026-05-06', undefined, '2026-04-03'), '2026-04'],
    ['the next one follows, though several wait', on('2026-09-01', '2026-04', '2026-04-03'), '2026-05'],
    ['all are measured', on('2026-06-05', '2026-05', '2026-04-03'), undefined],
    ['a year ends', on('2027-01-06', '2026-11', '2026-04-03'), '2026-12'],
    ['a year begins', on('2027-02-06', '2026-12', '2026-04-03'), '2027-01'],
  ])('%s', (_, found, expected) => expect(found).toBe(expected));
});
