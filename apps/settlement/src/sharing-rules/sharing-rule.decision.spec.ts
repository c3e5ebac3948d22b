import { describe, expect, it } from '@jest/globals';
import { localDate } from '#libs/kernel';
import {
  decideConfirmation, decideSharingRule, decideWithdrawal, fromThenOn, largestFeeFrom, smallestCapFrom, type KeptRule, type RuleStanding,
} from './sharing-rule.decision.js';

const TODAY = localDate('2026-04-02');
const fee = (from: string, feeBasisPoints: number) => ({ from: localDate(from), feeBasisPoints });
type Kept = Readonly<{ version: number; from: string; state?: KeptRule['state'] }>;
type Case = Readonly<{ from: string; cap?: number | null; kept?: readonly Kept[]; fees?: ReturnType<typeof fee>[] }>;
const standing = ({ kept = [], fees = [] }: Case): RuleStanding =>
  ({ kept: kept.map(({ version, from, state = 'confirmed' }) => ({ version, from: localDate(from), state })), fees, today: TODAY });
const asked = ({ from, cap = 300 }: Case) => ({ from: localDate(from), operatorCapBasisPoints: cap });
const rule = (over: Partial<KeptRule> = {}): KeptRule => ({
  version: 4, from: localDate('2026-05-02'), operatorCapBasisPoints: 300, localBasisPoints: 6_000, deciders: ['bert', 'zoe'], state: 'proposed', proposedBy: 'anna', confirmedBy: null, ...over,
});

const alone = { kept: [], fees: [], today: TODAY };

describe('a sharing rule', () => {
  it.each<[string, Case, object]>([
    ['is the first from tomorrow on', { from: '2026-04-03' }, { version: 1 }],
    ['never has effect today', { from: '2026-04-02' }, { code: 'sharing_rule_too_early', details: { earliest: '2026-04-03' } }],
    ['changes another thirty days after it is told', { from: '2026-05-02', kept: [{ version: 3, from: '2026-02-01' }] }, { version: 4 }],
    ['changes none a day sooner', { from: '2026-05-01', kept: [{ version: 3, from: '2026-02-01' }] }, { code: 'sharing_rule_too_early', details: { earliest: '2026-05-02' } }],
    ['comes after the one before, which may be to come', { from: '2026-06-01', kept: [{ version: 1, from: '2026-06-01' }] }, { code: 'sharing_rule_too_early', details: { earliest: '2026-06-02' } }],
    ['follows none that was taken back, whose number it does not take', { from: '2026-04-03', kept: [{ version: 1, from: '2026-06-01', state: 'withdrawn' }] }, { version: 2 }],
    ['is not proposed beside one that waits', { from: '2026-09-01', kept: [{ version: 1, from: '2026-06-01', state: 'proposed' }] }, { code: 'sharing_rule_waits', details: { version: 1 } }],
    ['may cap the operator at what it takes', { from: '2026-04-03', fees: [fee('2026-01-01', 300)] }, { version: 1 }],
    ['caps no fee that is in force below itself', { from: '2026-04-03', fees: [fee('2026-01-01', 301)] }, { code: 'operator_share_over_cap', details: { feeBasisPoints: 301, capBasisPoints: 300 } }],
    ['nor one that is announced', { from: '2026-04-03', fees: [fee('2026-07-01', 301), fee('2026-01-01', 100)] }, { code: 'operator_share_over_cap' }],
    ['does not mind a fee that is over by then', { from: '2026-04-03', fees: [fee('2026-04-03', 300), fee('2026-01-01', 900)] }, { version: 1 }],
    ['caps nothing for the national pool', { from: '2026-04-03', cap: null }, { version: 1 }],
  ])('%s', (_, one, expected) => {
    expect(decideSharingRule(asked(one), standing(one))).toMatchObject(expected);
  });
});

describe('a second person', () => {
  it.each<[string, KeptRule | undefined, string, Case, object]>([
    ['confirms it', rule(), 'bert', { from: '', kept: [{ version: 3, from: '2026-02-01' }] }, { kind: 'confirmed' }],
    ['is not its proposer', rule(), 'anna', { from: '' }, { code: 'sharing_rule_of_proposer' }],
    ['confirms it once', rule({ state: 'confirmed' }), 'bert', { from: '' }, { code: 'sharing_rule_decided', details: { state: 'confirmed' } }],
    ['confirms none that was taken back', rule({ state: 'withdrawn' }), 'bert', { from: '' }, { code: 'sharing_rule_decided' }],
    ['confirms none that is not there', undefined, 'bert', { from: '' }, { code: 'sharing_rule_unknown' }],
    ['is too late for its notice', rule({ from: localDate('2026-05-01') }), 'bert', { from: '', kept: [{ version: 3, from: '2026-02-01' }] }, { code: 'sharing_rule_too_early', details: { earliest: '2026-05-02' } }],
    ['finds the fee that was published meanwhile', rule(), 'bert', { from: '', fees: [fee('2026-01-01', 301)] }, { code: 'operator_share_over_cap' }],
  ])('%s', (_, given, userId, one, expected) => {
    expect(decideConfirmation({ rule: given, userId }, standing(one))).toMatchObject(expected);
  });

  it.each<[string, KeptRule | undefined, string, object]>([
    ['takes it back while it waits', rule(), 'bert', { kind: 'withdrawn', wasTold: false }],
    ['takes it back once it was told, before its day', rule({ state: 'confirmed', from: localDate('2026-04-03') }), 'bert', { kind: 'withdrawn', wasTold: true }],
    ['is late on its day', rule({ state: 'confirmed', from: TODAY }), 'bert', { code: 'sharing_rule_begun' }],
    ['takes back once', rule({ state: 'withdrawn' }), 'bert', { code: 'sharing_rule_decided' }],
    ['takes back none that is not there', undefined, 'bert', { code: 'sharing_rule_unknown' }],
  ])('%s (taking back)', (_, given, userId, expected) => {
    expect(decideWithdrawal({ rule: given, userId }, alone)).toMatchObject(expected);
  });

  it('is needed to take back what was told, and not what waits, even after its day', () => {
    expect(decideWithdrawal({ rule: rule({ state: 'confirmed' }), userId: 'anna' }, alone)).toMatchObject({ code: 'sharing_rule_of_proposer' });
    expect(decideWithdrawal({ rule: rule({ from: localDate('2026-03-01') }), userId: 'anna' }, alone)).toEqual({ kind: 'withdrawn', wasTold: false });
  });
});

describe('taking back a rule that was told', () => {
  const [before, taken, after] = [
    rule({ version: 3, from: localDate('2026-02-01'), operatorCapBasisPoints: 200, state: 'confirmed' }),
    rule({ operatorCapBasisPoints: 500, state: 'confirmed' }),
    rule({ version: 5, from: localDate('2026-07-01'), operatorCapBasisPoints: 500, state: 'confirmed' }),
  ];
  const takeBack = (kept: readonly KeptRule[], fees: ReturnType<typeof fee>[]) =>
    decideWithdrawal({ rule: taken, userId: 'bert' }, { kept, fees, today: TODAY });

  it.each<[string, readonly KeptRule[], ReturnType<typeof fee>[], object]>([
    ['leaves a fee above the cap of the one before', [before, taken], [fee('2026-06-01', 400)], { code: 'operator_share_over_cap', details: { feeBasisPoints: 400, capBasisPoints: 200 } }],
    ['leaves one that begins with it', [before, taken], [fee('2026-05-02', 400)], { code: 'operator_share_over_cap' }],
    ['leaves a fee that fits', [before, taken], [fee('2026-06-01', 200)], { wasTold: true }],
    ['leaves a fee that only the next one meets', [before, taken, after], [fee('2026-07-01', 400)], { wasTold: true }],
    ['leaves a fee for the days until the next one', [before, taken, after], [fee('2026-06-30', 400)], { code: 'operator_share_over_cap' }],
    ['leaves no cap at all', [taken], [fee('2026-06-01', 400)], { wasTold: true }],
    ['goes back beyond one that was taken back', [before, { ...taken, version: 6, state: 'withdrawn' }, taken], [fee('2026-06-01', 400)], { code: 'operator_share_over_cap' }],
  ])('%s', (_, kept, fees, expected) => {
    expect(takeBack(kept, fees)).toMatchObject(expected);
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
