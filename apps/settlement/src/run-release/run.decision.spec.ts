import { describe, expect, it } from '@jest/globals';
import { cents, type BankAccountId, type PayeeId, type PaymentId } from '#libs/kernel';
import type { TrippedBreaker } from '../settlement-runs/run-breakers.decision.js';
import { decideApproval, decideCancellation, decideRelease, type NamedBreaker, type Run, type RunPayment } from './run.decision.js';

const SHA = 'a'.repeat(64);
const payment = (payee: string, over: Partial<RunPayment> = {}): RunPayment =>
  ({ paymentId: `pay-${payee}` as PaymentId, purpose: 'place', refunds: [], payeeId: payee as PayeeId, amount: cents(966), accountChanged: false, waits: false, over: false, ...over });
const approvedBy = (userId: string, sha256 = SHA, breakers: NamedBreaker[] = []) => ({ userId, sha256, at: new Date('2026-04-02T08:00:00Z'), breakers });
const NEEDED = { usual: 1, unusual: 2 };
const TRIPPED: TrippedBreaker[] = [{ breaker: 'total', figures: { totalCents: 9 } }, { breaker: 'new_accounts', figures: { newAccounts: 30 } }];
const REASONS: NamedBreaker[] = [{ breaker: 'new_accounts', reason: 'a new department' }, { breaker: 'total', reason: 'two months' }];
const run = (over: Partial<Run> = {}): Run => ({
  state: 'drafted', rail: 'sepa', purpose: 'place', bankAccountId: 'account' as BankAccountId, sha256: SHA, createdBy: 'anna', accountPeople: ['maud', 'max'], askers: ['lila'], approvals: [],
  payments: [payment('b'), payment('a')], ...over,
});
const told = (outcome: { kind: string }) => ('code' in outcome ? outcome.code : outcome.kind);

describe('approving a run', () => {
  it.each<[string, Run | undefined, string, string, string]>([
    ['is for another person than its creator', run(), 'bert', SHA, 'approved'],
    ['takes a second approval of another person', run({ state: 'approved', approvals: [approvedBy('cleo')] }), 'bert', SHA, 'approved'],
    ['refuses the creator', run(), 'anna', SHA, 'approver_is_creator'],
    ['refuses who entered an IBAN that it pays to', run(), 'maud', SHA, 'approver_changed_iban'],
    ['refuses who approved an IBAN that no run paid to before', run(), 'max', SHA, 'approver_changed_iban'],
    ['refuses who asked for an early payment that it pays', run(), 'lila', SHA, 'approver_asked_for_it'],
    ['refuses the same person twice', run({ approvals: [approvedBy('bert')] }), 'bert', SHA, 'run_approved_by_you'],
    ['refuses other bytes than the run holds', run(), 'bert', 'b'.repeat(64), 'file_hash_differs'],
    ['refuses the creator before it looks at the bytes', run(), 'anna', 'b'.repeat(64), 'approver_is_creator'],
    ['refuses a released run', run({ state: 'released' }), 'bert', SHA, 'run_released'],
    ['refuses a cancelled run', run({ state: 'cancelled' }), 'bert', SHA, 'run_cancelled'],
    ['refuses a run that does not exist', undefined, 'bert', SHA, 'run_unknown'],
  ])('%s', (_name, given, userId, sha256, expected) => {
    expect(told(decideApproval(given, { userId, sha256, reasons: [] }, [], NEEDED))).toBe(expected);
  });

  const asBert = (reasons: NamedBreaker[]) => ({ userId: 'bert', sha256: SHA, reasons });

  it('takes a reason for each breaker, and then a second person', () => {
    expect(decideApproval(run(), asBert([]), TRIPPED, NEEDED)).toEqual({ kind: 'rejected', code: 'breaker_tripped', details: { breakers: 'total new_accounts', totalCents: 9, newAccounts: 30 } });
    expect(decideApproval(run(), asBert(REASONS.slice(0, 1)), TRIPPED, NEEDED)).toMatchObject({ code: 'breaker_tripped' });
    expect(decideApproval(run(), asBert([REASONS[0]!, REASONS[0]!]), TRIPPED, NEEDED)).toMatchObject({ code: 'breaker_tripped' });
    expect(decideApproval(run(), asBert(REASONS), TRIPPED, NEEDED)).toMatchObject({
      complete: false, breakers: [{ breaker: 'total', reason: 'two months', figures: { totalCents: 9 } }, { breaker: 'new_accounts', reason: 'a new department' }],
    });
    const named = run({ approvals: [approvedBy('cleo', SHA, REASONS)] });
    expect(decideApproval(named, asBert([]), TRIPPED, NEEDED)).toMatchObject({ code: 'breaker_tripped' });
    expect(decideApproval(named, asBert(REASONS), TRIPPED, NEEDED)).toMatchObject({ complete: true });
  });

  it('is complete with one person when nothing is unusual, and keeps no reason that nobody asked for', () => {
    expect(decideApproval(run(), asBert(REASONS), [], NEEDED)).toEqual({ kind: 'approved', complete: true, breakers: [] });
  });

  it('needs the second person though the breaker is no longer tripped', () => {
    const named = { ...run(), approvals: [approvedBy('cleo', 'b'.repeat(64), REASONS)] };
    expect(decideApproval(named, asBert([]), [], NEEDED)).toMatchObject({ complete: true });
    expect(decideRelease(run({ state: 'approved', approvals: [approvedBy('cleo', SHA, REASONS)] }), NEEDED, undefined)).toMatchObject({
      code: 'run_not_approved', details: { approvals: 1, approvalsNeeded: 2 },
    });
  });
});

describe('releasing a run', () => {
  const approved = (over: Partial<Run> = {}) => run({ state: 'approved', approvals: [approvedBy('bert')], ...over });

  it('moves each payment from what is payable to what is in transit, in the order of payees', () => {
    expect(decideRelease(approved(), NEEDED, undefined)).toEqual({
      kind: 'released',
      posting: {
        rule: '14', custodyAccountId: 'account',
        transfers: [
          { debit: 'payable:a', credit: 'transit:pay-a', amount: 966n, currency: 'EUR' },
          { debit: 'payable:b', credit: 'transit:pay-b', amount: 966n, currency: 'EUR' },
        ],
      },
    });
  });

  it.each<[string, Run | undefined, number, string]>([
    ['a draft', run(), 1, 'run_not_approved'],
    ['a run with too few approvals', approved(), 2, 'run_not_approved'],
    ['a run whose approvals are of other bytes', approved({ approvals: [approvedBy('bert', 'b'.repeat(64))] }), 1, 'run_not_approved'],
    ['a run that pays a place that was suspended since', approved({ payments: [payment('a'), payment('b', { waits: true })] }), 1, 'payment_waits'],
    ['a run that pays to an account that changed since', approved({ payments: [payment('a'), payment('b', { accountChanged: true })] }), 1, 'payee_bank_account_changed'],
    ['a run twice', approved({ state: 'released' }), 1, 'run_released'],
    ['a cancelled run', approved({ state: 'cancelled' }), 1, 'run_cancelled'],
    ['a run that does not exist', undefined, 1, 'run_unknown'],
  ])('refuses %s', (_name, given, needed, expected) => {
    expect(told(decideRelease(given, { usual: needed, unusual: 2 }, undefined))).toBe(expected);
  });
});

describe('cancelling a run', () => {
  it.each<[string, Run | undefined, string]>([
    ['cancels a draft', run(), 'cancelled'],
    ['cancels an approved run', run({ state: 'approved' }), 'cancelled'],
    ['never takes a released run back', run({ state: 'released' }), 'run_released'],
    ['does nothing twice', run({ state: 'cancelled' }), 'run_cancelled'],
    ['needs a run', undefined, 'run_unknown'],
  ])('%s', (_name, given, expected) => {
    expect(told(decideCancellation(given))).toBe(expected);
  });
});
