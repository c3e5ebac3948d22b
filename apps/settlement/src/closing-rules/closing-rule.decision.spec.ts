import { describe, expect, it } from '@jest/globals';
import { cents, localDate } from '#libs/kernel';
import type { Frequency } from './closing-calendar.decision.js';
import { decideClosingRule, nextEnds, ruleOn, type ClosingRule } from './closing-rule.decision.js';

const day = localDate;
const rule = (version: number, from: string, frequency: Frequency = 'monthly'): ClosingRule =>
  ({ version, from: day(from), frequency, minimum: cents(2000), waitDaysMax: 90, payDaysMax: 20 });
const today = day('2026-04-02');

describe('publishing a closing rule', () => {
  it.each<[string, string, ClosingRule | undefined, object]>([
    ['gives the first rule version 1', '2026-04-03', undefined, { version: 1 }],
    ['counts on from the last version', '2026-06-01', rule(4, '2026-01-01'), { version: 5 }],
    ['has no effect on today, which may be closed', '2026-04-02', undefined, { code: 'closing_rule_too_early', details: { earliest: '2026-04-03' } }],
    ['has no effect on what was', '2026-01-01', rule(1, '2025-01-01'), { code: 'closing_rule_too_early', details: { earliest: '2026-04-03' } }],
    ['comes after the one before', '2026-05-01', rule(1, '2026-05-01'), { code: 'closing_rule_too_early', details: { earliest: '2026-05-02' } }],
  ])('%s', (_name, from, previous, expected) => {
    expect(decideClosingRule({ ...rule(0, from) }, { previous, today })).toMatchObject(expected);
  });
});

describe('the rule in force', () => {
  const rules = [rule(2, '2026-04-20', 'weekly'), rule(1, '2026-02-01')];

  it.each([['2026-01-31', undefined], ['2026-02-01', 1], ['2026-04-19', 1], ['2026-04-20', 2], ['2030-01-01', 2]])('on %s is version %s', (on, version) => {
    expect(ruleOn(rules, day(on))?.version).toBe(version);
  });

  it('says which periods end next, each by the rule of its own day', () => {
    expect(nextEnds(rules, day('2026-02-28'), 4)).toEqual(['2026-03-31', '2026-04-26', '2026-05-03', '2026-05-10']);
    expect(nextEnds(rules, day('2025-06-01'), 1)).toEqual(['2026-02-28']);
    expect(nextEnds([], today, 3)).toEqual([]);
  });
});
