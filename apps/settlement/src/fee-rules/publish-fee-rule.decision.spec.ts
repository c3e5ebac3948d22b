import { describe, expect, it } from '@jest/globals';
import { localDate } from '#libs/kernel';
import { decideFeeRule, takenOf, type EarlierRules, type FeeRates } from './publish-fee-rule.decision.js';

const rates = (feeBasisPoints: number, vatBasisPoints: number, commonsBasisPoints: number): FeeRates =>
  ({ feeBasisPoints, vatBasisPoints, commonsBasisPoints });
const [TODAY, IN_29_DAYS, IN_30_DAYS] = ['2026-04-02', '2026-05-01', '2026-05-02'];
const USUAL = rates(200, 2000, 100);
/** The rule before: 2 %, VAT 20 %, commons 1 %, since the beginning of the year. */
const last = (over: Partial<FeeRates & { version: number; from: string }> = {}) => ({ ...USUAL, version: 1, from: '2026-01-01', ...over });
type Case = Readonly<{
  rates?: FeeRates; from?: string; promise?: number; last?: ReturnType<typeof last>; promised?: number; platform?: number;
  operator?: number;
}>;

const decide = ({ rates: asked = USUAL, from = TODAY, promise, last: before, promised, platform = 10_000, operator }: Case) => {
  const earlier = {
    last: before && { ...before, from: localDate(before.from) }, promisedCapBasisPoints: promised ?? null,
  } satisfies EarlierRules;
  return decideFeeRule({ ...asked, from: localDate(from), promisedCapBasisPoints: promise ?? null }, earlier,
    { today: localDate(TODAY), platformCapBasisPoints: platform, operatorCapBasisPoints: operator ?? null });
};

describe('publishing a fee rule', () => {
  it.each<[string, Case, object]>([
    ['gives the first rule version 1', {}, { version: 1 }],
    ['lets the first rule have effect in the past, where nothing was redeemed', { from: '2026-01-01' }, { version: 1 }],
    ['counts on from the last version', { last: last({ version: 4 }) }, { version: 5 }],
    ['takes a rule that takes nothing', { rates: rates(0, 0, 0) }, { version: 1 }],
    ['refuses a second rule for the same day', { from: '2026-06-01', last: last({ from: '2026-06-01' }) }, { code: 'fee_rule_too_early', details: { version: 1, from: '2026-06-01' } }],
    ['refuses a rule for an earlier day', { from: '2026-05-31', last: last({ from: '2026-06-01' }) }, { code: 'fee_rule_too_early' }],
    ['refuses to take everything', { rates: rates(10_000, 0, 0) }, { code: 'fee_rule_too_high' }],
    ['counts the VAT on the fee', { rates: rates(8_334, 2_000, 0) }, { code: 'fee_rule_too_high' }],
    ['leaves the last basis point', { rates: rates(8_333, 2_000, 0) }, { version: 1 }],
    ['counts the commons share', { rates: rates(5_000, 0, 5_000) }, { code: 'fee_rule_too_high' }],
  ])('%s', (_name, asked, expected) => {
    expect(decide(asked)).toMatchObject(expected);
  });
});

describe('the cap of fees', () => {
  it.each<[string, Case, object]>([
    ['is met exactly: 4 % and its VAT, 1 % commons', { rates: rates(400, 2_000, 100), platform: 580 }, { version: 1 }],
    ['is passed by a hundredth of a basis point', { rates: rates(401, 2_000, 99), platform: 580 }, { code: 'fee_rule_over_cap', details: { capBasisPoints: 580 } }],
    ['is also what an earlier rule promised', { from: IN_30_DAYS, rates: rates(300, 2_000, 100), last: last(), promised: 400, platform: 1_000 }, { code: 'fee_rule_over_cap', details: { capBasisPoints: 400 } }],
    ['binds the rule that promises it', { promise: 339 }, { code: 'fee_rule_over_cap', details: { capBasisPoints: 339 } }],
    ['may be what the rule takes', { promise: 340 }, { version: 1 }],
    ['may fall with a later rule', { promise: 350, last: last(), promised: 400 }, { version: 2 }],
    ['of the operator alone is met exactly, VAT and commons aside', { operator: 200 }, { version: 1 }],
    ['of the operator alone is passed by a basis point', { operator: 199 }, { code: 'operator_share_over_cap', details: { feeBasisPoints: 200, capBasisPoints: 199 } }],
    ['never rises again', { promise: 401, last: last(), promised: 400 }, { code: 'fee_cap_raised', details: { capBasisPoints: 400 } }],
  ])('%s', (_name, asked, expected) => {
    expect(decide(asked)).toMatchObject(expected);
  });
});

describe('the notice of a fee rule', () => {
  it.each<[string, Case, object]>([
    ['is thirty days for one that takes more', { rates: rates(201, 2_000, 100), from: IN_29_DAYS, last: last() }, { code: 'fee_rule_without_notice', details: { earliest: IN_30_DAYS } }],
    ['is over on the thirtieth day', { rates: rates(201, 2_000, 100), from: IN_30_DAYS, last: last() }, { version: 2 }],
    ['is asked for where only the VAT rises', { rates: rates(200, 2_001, 100), last: last() }, { code: 'fee_rule_without_notice' }],
    ['is asked for where only the commons take more', { rates: rates(200, 2_000, 101), last: last() }, { code: 'fee_rule_without_notice' }],
    ['is none for one that takes less, from today on', { rates: rates(100, 2_000, 100), last: last() }, { version: 2 }],
    ['is none for one that shares the same otherwise', { rates: rates(100, 2_000, 220), last: last() }, { version: 2 }],
    ['looks at the rule before it, although that has no effect yet', { rates: rates(150, 2_000, 0), from: '2026-04-20', last: last({ ...rates(100, 0, 0), from: '2026-04-10' }) }, { code: 'fee_rule_without_notice' }],
    ['does not let a rule that takes less reach into days that are over', { rates: rates(0, 0, 0), from: '2026-04-01', last: last() }, { code: 'fee_rule_in_the_past', details: { earliest: TODAY } }],
  ])('%s', (_name, asked, expected) => {
    expect(decide(asked)).toMatchObject(expected);
  });

  it('compares without rounding', () => {
    expect(takenOf(rates(333, 1_777, 0))).toBe(3_921_741);
  });
});
