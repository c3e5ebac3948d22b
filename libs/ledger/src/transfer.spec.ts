import { describe, expect, it } from '@jest/globals';
import { cents, type BatchId, type PayeeId } from '#libs/kernel';
import { accounts, assertPosting, CHART, chartOf, kindOf, transfer } from './index.js';

const custodyAccountId = '01900000-0000-7000-8000-0000000000aa';
const outstanding = accounts.redemption.outstanding('01900000-0000-7000-8000-000000000001' as BatchId);

describe('a transfer', () => {
  it.each([0, -1])('of %s cents is a fault', (amount) => {
    expect(() => transfer(outstanding, accounts.clearing('settlement'), cents(amount))).toThrow(/more than zero/);
  });

  it('from an account to itself is a fault', () => {
    expect(() => transfer(outstanding, outstanding, cents(1))).toThrow(/two accounts/);
  });
});

describe('a posting', () => {
  it('takes only accounts of its own ledger', () => {
    const payable = accounts.settlement.payable('01900000-0000-7000-8000-000000000002' as PayeeId);
    const posting = { rule: '7', custodyAccountId, transfers: [transfer(outstanding, payable, cents(1))] };
    expect(() => assertPosting('redemption', posting)).toThrow(/redemption has no account payable/);
  });
});

describe('the chart of accounts', () => {
  it('names each kind once per ledger', () => {
    const names = CHART.map(({ ledger, kind }) => `${ledger}.${kind}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('guards only debts, which stand on the credit side', () => {
    for (const entry of CHART.filter(({ guarded }) => guarded)) {
      expect(entry).toMatchObject({ class: 'liability', normal: 'credit' });
    }
    expect(chartOf('redemption').some(({ guarded }) => guarded)).toBe(false);
    expect(kindOf(outstanding)).toBe('outstanding');
  });
});
