import { describe, expect, it } from '@jest/globals';
import { cents, localDate } from '#libs/kernel';
import type { Frequency } from '../closing-rules/closing-calendar.decision.js';
import { duePeriod } from './due-period.decision.js';

const programme = (frequency: Frequency, from = '2026-01-01') =>
  ({ rules: [{ version: 1, from: localDate(from), frequency, minimum: cents(0), waitDaysMax: 90, payDaysMax: 20 }] });
const [monthly, weekly] = [programme('monthly'), programme('weekly')];

describe('the period that is due', () => {
  it.each<[string, ReturnType<typeof programme>[], string, string | null, string | undefined]>([
    ['is none without rules', [], '2026-04-10', null, undefined],
    ['is the one that ended yesterday', [monthly], '2026-05-01', '2026-04-01', '2026-04-30'],
    ['is not the one that ends today', [monthly], '2026-04-30', '2026-04-01', undefined],
    ['is still due days later', [monthly], '2026-05-09', '2026-04-01', '2026-04-30'],
    ['is none once somebody has closed', [monthly], '2026-05-02', '2026-05-01', undefined],
    ['is none when somebody closed on its last evening', [monthly], '2026-05-01', '2026-04-30', undefined],
    ['is the last of several', [monthly, weekly], '2026-05-05', '2026-04-20', '2026-05-03'],
    ['is none that ended before its rule', [programme('monthly', '2026-04-03')], '2026-04-10', null, undefined],
    ['is the first that ends under its rule', [programme('monthly', '2026-04-03')], '2026-05-01', null, '2026-04-30'],
    ['is not that of a rule to come', [programme('weekly', '2026-05-01')], '2026-04-28', '2026-04-01', undefined],
  ])('%s', (_name, programmes, today, lastClosedOn, expected) => {
    const closed = lastClosedOn === null ? null : localDate(lastClosedOn);
    expect(duePeriod(programmes, { today: localDate(today), lastClosedOn: closed })).toBe(expected);
  });
});
