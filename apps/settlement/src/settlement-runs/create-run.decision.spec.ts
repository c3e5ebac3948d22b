import { describe, expect, it } from '@jest/globals';
import { cents, localDate, type BankAccountId, type PayeeId, type StatementId } from '#libs/kernel';
import { decideRun, messageIdOf, type Owed, type PayeeAccount, type RunConditions } from './create-run.decision.js';

const AT = new Date('2026-04-02T08:00:00Z');
const account = (over: Partial<PayeeAccount> = {}): PayeeAccount => ({
  rail: 'sepa', id: 'account' as BankAccountId, version: 1, iban: 'FR7630006000011234567890189', bic: null, holder: 'Commune',
  changedAt: new Date('2026-04-01T08:00:00Z'), blocked: false, ...over,
});
const owed = (payee: string, over: Partial<Owed> = {}): Owed => ({
  payeeId: payee as PayeeId, legalName: 'Commune', account: account(), statements: [{ id: 's' as StatementId, net: cents(966) }], refunds: [], ...over,
});
const conditions = (over: Partial<RunConditions> = {}): RunConditions => ({
  rail: 'sepa', bankAccount: true, today: localDate('2026-04-02'), executionOn: localDate('2026-04-02'), at: AT, coolingOffHours: 0, paymentsMax: 10, ...over,
});

describe('a settlement run', () => {
  it('pays each payee once, for all its unpaid statements', () => {
    const two = owed('a', { statements: [{ id: 's1' as StatementId, net: cents(966) }, { id: 's2' as StatementId, net: cents(34) }] });
    expect(decideRun([two, owed('b')], conditions())).toMatchObject({
      kind: 'created', amount: 1966n, leftOut: [], payments: [{ payeeId: 'a', amount: 1000n }, { payeeId: 'b', amount: 966n }],
    });
  });

  it.each<[string, Partial<Owed>, Partial<RunConditions>, string]>([
    ['a payee whose legal body is not known', { legalName: null }, {}, 'payee_incomplete'],
    ['a payee without an approved bank account', { account: null }, {}, 'bank_account_missing'],
    ['a payee whose bank account is blocked', { account: account({ blocked: true }) }, {}, 'bank_account_blocked'],
    ['a changed bank account that is still cooling off', {}, { coolingOffHours: 25 }, 'cooling_off'],
  ])('leaves out %s, and says so', (_name, over, conditionsOver, reason) => {
    expect(decideRun([owed('a', over)], conditions(conditionsOver))).toMatchObject({ code: 'nothing_to_pay', details: { leftOut: 1 } });
    if (conditionsOver.coolingOffHours) return;
    expect(decideRun([owed('a', over), owed('b')], conditions())).toMatchObject({
      payments: [{ payeeId: 'b' }], leftOut: [{ payeeId: 'a', amount: 966n, reason }],
    });
  });

  it('pays to an account at the end of its cooling off, and to a first account at once', () => {
    expect(decideRun([owed('a')], conditions({ coolingOffHours: 24 }))).toMatchObject({ kind: 'created' });
    expect(decideRun([owed('a', { account: account({ changedAt: null }) })], conditions({ coolingOffHours: 72 }))).toMatchObject({ kind: 'created' });
  });

  it('leaves the rest to the next run when the file is full', () => {
    expect(decideRun([owed('a'), owed('b')], conditions({ paymentsMax: 1 }))).toMatchObject({
      payments: [{ payeeId: 'a' }], leftOut: [{ payeeId: 'b', reason: 'run_full' }],
    });
  });

  it.each<[string, Owed[], Partial<RunConditions>, string]>([
    ['from an account that is not ours', [owed('a')], { bankAccount: false }, 'bank_account_unknown'],
    ['for a day that is past', [owed('a')], { executionOn: localDate('2026-04-01') }, 'execution_day_past'],
    ['when nobody is owed anything', [], {}, 'nothing_to_pay'],
  ])('is refused %s', (_name, list, over, code) => {
    expect(decideRun(list, conditions(over))).toMatchObject({ code });
  });

  it('has a message id of at most 30 characters, another for each run', () => {
    const ids = ['00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000001', 'ffffffff-ffff-ffff-ffff-ffffffffffff'].map(messageIdOf);
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^MRU[0-9A-Z]{25}$/);
  });
});
