import { describe, expect, it } from '@jest/globals';
import { cents } from '#libs/kernel';
import { decideGiveBack } from './give-back-credit.decision.js';

const custodyAccountId = '01900000-0000-7000-8000-0000000000aa';

describe('giving a credit back', () => {
  it('gives all that no share took of it, from unmatched to settlement (row 3b)', () => {
    expect(decideGiveBack({ custodyAccountId, left: cents(2500) })).toEqual({
      amount: 2500n,
      posting: { rule: '3b', custodyAccountId, transfers: [{ debit: 'unmatched', credit: 'clearing:settlement', amount: 2500n, currency: 'EUR' }] },
    });
  });

  it.each([
    ['of a credit that nobody announced', undefined, 'receipt_not_found'],
    ['of a credit of which nothing is left', { custodyAccountId, left: cents(0) }, 'receipt_used_up'],
  ])('is refused %s', (_, credit, code) => {
    expect(decideGiveBack(credit)).toMatchObject({ code });
  });
});
