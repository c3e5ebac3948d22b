import { describe, expect, it } from '@jest/globals';
import { localDate } from '#libs/kernel';
import { decideSharingRule, fromThenOn, largestFeeFrom, smallestCapFrom } from './sharing-rule.decision.js';

const TODAY = localDate('2026-04-02');
const fee = (from: string, feeBasisPoints: number) => ({ from: localDate(from), feeBasisPoints });
type Case = Readonly<{ from: string; cap?: number; previous?: readonly [version: number, from: string]; fees?: ReturnType<typeof fee>[] }>;
const decide = ({ from, cap = 300, previous, fees = [] }: Case) => decideSharingRule(
  { from: localDate(from), operatorCapBasisPoints: cap, localBasisPoints: 6_000, deciders: ['anna', 'bert'] },
  { previous: previous && { version: previous[0], from: localDate(previous[1]) }, fees, today: TODAY });

describe('a sharing rule', () => {
  it.each<[string, Case, object]>([
    ['is the first from tomorrow on', { from: '2026-04-03' }, { version: 1 }],
    ['never has effect today', { from: '2026-04-02' }, { code: 'sharing_rule_too_early', details: { earliest: '2026-04-03' } }],
    ['changes another thirty days after it is told', { from: '2026-05-02', previous: [3, '2026-02-01'] }, { version: 4 }],
    ['changes none a day sooner', { from: '2026-05-01', previous: [3, '2026-02-01'] }, { code: 'sharing_rule_too_early', details: { earliest: '2026-05-02' } }],
    ['comes after the one before, which may be to come', { from: '2026-06-01', previous: [1, '2026-06-01'] }, { code: 'sharing_rule_too_early', details: { earliest: '2026-06-02' } }],
    ['may cap the operator at what it takes', { from: '2026-04-03', fees: [fee('2026-01-01', 300)] }, { version: 1 }],
    ['caps no fee that is in force below itself', { from: '2026-04-03', fees: [fee('2026-01-01', 301)] }, { code: 'operator_share_over_cap', details: { feeBasisPoints: 301, capBasisPoints: 300 } }],
    ['nor one that is announced', { from: '2026-04-03', fees: [fee('2026-07-01', 301), fee('2026-01-01', 100)] }, { code: 'operator_share_over_cap' }],
    ['does not mind a fee that is over by then', { from: '2026-04-03', fees: [fee('2026-04-03', 300), fee('2026-01-01', 900)] }, { version: 1 }],
  ])('%s', (_, asked, expected) => {
    expect(decide(asked)).toMatchObject(expected);
  });
});

describe('the rules from a day on', () => {
  const rules = [fee('2026-07-01', 100), fee('2026-03-01', 300), fee('2026-01-01', 200)];
  it.each([
    ['2025-12-31', [100, 300, 200]], ['2026-01-01', [100, 300, 200]], ['2026-02-28', [100, 300, 200]], ['2026-03-01', [100, 300]], ['2026-06-30', [100, 300]],
    ['2027-01-01', [100]],
  ])('of %s are those in force then or later', (day, expected) => {
    expect(fromThenOn(rules, localDate(day)).map(({ feeBasisPoints }) => feeBasisPoints)).toEqual(expected);
  });

  it('bound a fee by the smallest cap, and a cap by the largest fee', () => {
    expect([largestFeeFrom(rules, localDate('2026-02-01')), largestFeeFrom(rules, localDate('2026-08-01')), largestFeeFrom([], TODAY)]).toEqual([300, 100, 0]);
    const caps = rules.map(({ from, feeBasisPoints }) => ({ from, operatorCapBasisPoints: feeBasisPoints }));
    expect([smallestCapFrom(caps, localDate('2026-02-01')), smallestCapFrom([], TODAY)]).toEqual([100, null]);
  });
});
