import { describe, expect, it } from '@jest/globals';
import { cents, idOf, localDate } from '#libs/kernel';
import { decideChargeRule, dueCharge, type ChargeRule } from './place-charge-rule.decision.js';

const TODAY = '2026-04-02';
const custodyAccountId = idOf('bankAccount', '01900000-0000-7000-8000-0000000000aa');
const rule = (from: string, amount = 7_700, version = 1): ChargeRule =>
  ({ version, from: localDate(from), amount: cents(amount), vatBasisPoints: 2_000, custodyAccountId });
type Case = Readonly<{ from?: string; amount?: number; last?: ChargeRule; cap?: number; knowsAccount?: boolean }>;
const decide = ({ from = '2026-05-02', amount = 7_700, last, cap = 20_000, knowsAccount = true }: Case) =>
  decideChargeRule(rule(from, amount), last, { today: localDate(TODAY), platformCap: cents(cap), knowsAccount });

describe('publishing a charge rule', () => {
  it.each<[string, Case, object]>([
    ['gives the first one version 1, after thirty days', {}, { version: 1 }],
    ['refuses one that places hear of a day too late', { from: '2026-05-01' }, { code: 'charge_rule_without_notice', details: { earliest: '2026-05-02' } }],
    ['ends the charge at once', { from: TODAY, amount: 0, last: rule('2026-01-15') }, { version: 2 }],
    ['ends it on no day that is over', { from: '2026-04-01', amount: 0, last: rule('2026-01-15') }, { code: 'charge_rule_without_notice', details: { earliest: TODAY } }],
    ['meets the cap with its VAT', { cap: 9_240 }, { version: 1 }],
    ['refuses a cent above it', { cap: 9_239 }, { code: 'charge_rule_over_cap', details: { capCents: 9_239 } }],
    ['refuses a day that most years do not have', { from: '2028-02-29' }, { code: 'charge_day_not_yearly' }],
    ['refuses a day that is years away', { from: '2029-01-01' }, { code: 'charge_rule_too_far' }],
    ['refuses a day before that of the rule before', { last: rule('2026-06-01') }, { code: 'charge_rule_too_early' }],
    ['refuses a second day in a year', { last: rule('2026-01-15') }, { code: 'charge_year_taken', details: { year: 2026 } }],
    ['takes the same day of the year after', { from: '2027-01-15', last: rule('2026-01-15') }, { version: 2 }],
    ['takes an earlier day of the year after', { from: '2027-01-10', last: rule('2026-01-15') }, { version: 2 }],
    ['takes any day where nothing is charged before', { last: rule('2026-01-15', 0) }, { version: 2 }],
    ['refuses an account that is not ours', { knowsAccount: false }, { code: 'bank_account_unknown' }],
  ])('%s', (_name, asked, expected) => {
    expect(decide(asked)).toMatchObject(expected);
  });
});

describe('the charge that is due', () => {
  const due = (today: string, ...rules: ChargeRule[]) => {
    const found = dueCharge(rules, localDate(today), 30);
    return found && [found.rule.version, found.year, found.chargedOn];
  };
  const [first, second] = [rule('2026-01-15'), rule('2027-03-01', 8_000, 2)];

  it.each<[string, string, ChargeRule[], unknown]>([
    ['is none before its first day', '2026-01-14', [first], undefined],
    ['is due on its day', '2026-01-15', [first], [1, 2026, '2026-01-15']],
    ['is due for thirty days', '2026-02-14', [first], [1, 2026, '2026-01-15']],
    ['is none after that', '2026-02-15', [first], undefined],
    ['comes again each year', '2028-01-20', [first], [1, 2028, '2028-01-15']],
    ['is that of the year before, in the first days of the next', '2027-01-02', [rule('2026-12-20')], [1, 2026, '2026-12-20']],
    ['is that of the rule before, until the later one has effect', '2027-01-15', [second, first], [1, 2027, '2027-01-15']],
    ['is that of the later rule from then on', '2028-03-01', [second, first], [2, 2028, '2028-03-01']],
    ['is none of the earlier rule any more', '2028-01-15', [second, first], undefined],
    ['is none where nothing is charged', '2027-03-02', [rule('2027-03-01', 0, 2), first], undefined],
  ])('%s', (_name, today, rules, expected) => {
    expect(due(today, ...rules)).toEqual(expected);
  });

  it('comes to the amount, and its VAT rounded once', () => {
    expect(dueCharge([{ ...first, amount: cents(7_703) }], localDate('2026-01-15'), 30)).toMatchObject({ fee: 7_703n, vat: 1_541n });
  });
});
