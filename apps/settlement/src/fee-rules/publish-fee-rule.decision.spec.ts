import { describe, expect, it } from '@jest/globals';
import { localDate } from '#libs/kernel';
import { decideFeeRule, type FeeRates } from './publish-fee-rule.decision.js';

const day = localDate;
const rates = (feeBasisPoints: number, vatBasisPoints: number, commonsBasisPoints: number): FeeRates =>
  ({ feeBasisPoints, vatBasisPoints, commonsBasisPoints });

describe('publishing a fee rule', () => {
  it.each<[string, FeeRates, string, { version: number; from: string } | undefined, object]>([
    ['gives the first rule version 1', rates(200, 2000, 100), '2026-01-01', undefined, { version: 1 }],
    ['counts on from the last version', rates(200, 2000, 100), '2026-06-01', { version: 4, from: '2026-01-01' }, { version: 5 }],
    ['takes a rule that takes nothing', rates(0, 0, 0), '2026-01-01', undefined, { version: 1 }],
    ['refuses a second rule for the same day', rates(0, 0, 0), '2026-01-01', { version: 1, from: '2026-01-01' }, { code: 'fee_rule_too_early' }],
    ['refuses a rule for an earlier day', rates(0, 0, 0), '2025-12-31', { version: 1, from: '2026-01-01' }, { code: 'fee_rule_too_early' }],
    ['refuses to take everything', rates(10_000, 0, 0), '2026-01-01', undefined, { code: 'fee_rule_too_high' }],
    ['counts the VAT on the fee', rates(8_334, 2_000, 0), '2026-01-01', undefined, { code: 'fee_rule_too_high' }],
    ['leaves the last basis point', rates(8_333, 2_000, 0), '2026-01-01', undefined, { version: 1 }],
    ['counts the commons share', rates(5_000, 0, 5_000), '2026-01-01', undefined, { code: 'fee_rule_too_high' }],
  ])('%s', (_name, asked, from, previous, expected) => {
    expect(decideFeeRule({ ...asked, from: day(from) }, previous && { ...previous, from: day(previous.from) })).toMatchObject(expected);
  });
});
