import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, type BankAccountId, type PayeeId, type ProgrammeId } from '#libs/kernel';
import { seedOfRun } from '#libs/testing';
import type { EarlyPaymentTerms } from '../early-payment-rules/early-payment-rule.decision.js';
import {
  decideEarlyPayment, dueOf, lapsedPosting, nettedPosting, offerOf, roomOf, setAsidePosting, type EarlyStanding,
} from './early-payment.decision.js';

/** Numbers that fast-check can seed with, from the text that names the run. */
const seed = [...seedOfRun()].reduce((value, letter) => (Math.imul(value, 31) + letter.charCodeAt(0)) | 0, 7);

const [PROGRAMME, OTHER] = ['01900000-0000-7000-8000-0000000000f1', '01900000-0000-7000-8000-0000000000f2'] as ProgrammeId[] as [ProgrammeId, ProgrammeId];
const terms = (over: Partial<EarlyPaymentTerms> = {}): EarlyPaymentTerms =>
  ({ shareBasisPoints: 8_000, ceiling: cents(50_000), monthsMin: 3, redemptionsMin: 20, ...over });
const due = (net: number, over: Partial<EarlyPaymentTerms> = {}) => ({ programmeId: PROGRAMME, net: cents(net), terms: terms(over) });
const standing = (over: Partial<EarlyStanding> = {}): EarlyStanding => ({
  complete: true, isOperator: false, account: 'verified', underReview: false, months: 3, redemptions: 20, due: [due(10_000)],
  owing: cents(0), open: cents(0), pool: 100_000n, poolOf: null, ...over,
});
const asked = (amount: number, over: Partial<EarlyStanding> = {}) =>
  decideEarlyPayment(cents(amount), { bankAccount: true, standing: standing(over) });
const told = (outcome: { kind: string }) => ('code' in outcome ? outcome.code : outcome.kind);

describe('asking for a part of what is due', () => {
  it.each<[string, number, Partial<EarlyStanding>, string]>([
    ['goes up to the share of the rule', 8_000, {}, 'set_aside'],
    ['goes no cent beyond', 8_001, {}, 'early_payment_too_much'],
    ['stops at the ceiling', 501, { due: [due(10_000, { ceiling: cents(500) })] }, 'early_payment_too_much'],
    ['adds up programmes, each by its own rule', 8_500, { due: [due(10_000), due(1_000, { shareBasisPoints: 5_000 })] }, 'set_aside'],
    ['counts what is open of before', 1, { open: cents(8_000) }, 'early_payment_too_much'],
    ['counts what the place owes, which its statement is set off against', 6_001, { owing: cents(4_000) }, 'early_payment_too_much'],
    ['leaves out a programme without a rule', 8_001, { due: [due(10_000), { programmeId: PROGRAMME, net: cents(9_000), terms: undefined }] }, 'early_payment_too_much'],
    ['is never more than is due, where an incident took of another programme', 2_001, { due: [due(10_000), due(-8_000)] }, 'early_payment_too_much'],
    ['out of the pool of a programme pays what is due of that one', 8_000, { poolOf: PROGRAMME, due: [due(10_000), { ...due(5_000), programmeId: OTHER }] }, 'set_aside'],
    ['out of the pool of a programme pays nothing of another', 8_001, { poolOf: PROGRAMME, due: [due(10_000), { ...due(5_000), programmeId: OTHER }] }, 'early_payment_too_much'],
    ['out of the pool of a programme needs something due of it', 1, { poolOf: OTHER }, 'early_payment_not_offered'],
    ['needs something due', 1, { due: [] }, 'early_payment_not_offered'],
    ['needs a rule that pays early', 1, { due: [due(10_000, { shareBasisPoints: 0 })] }, 'early_payment_not_offered'],
    ['needs months without a finding', 1, { months: 2 }, 'early_payment_history_short'],
    ['needs redemptions without a finding', 1, { redemptions: 19 }, 'early_payment_history_short'],
    ['leaves out the programme that asks for a longer history', 8_001, { due: [due(10_000), due(10_000, { monthsMin: 4 })] }, 'early_payment_too_much'],
    ['waits for a review', 1, { underReview: true }, 'early_payment_under_review'],
    ['takes all that the pool has', 8_000, { pool: 8_000n }, 'set_aside'],
    ['takes no more than the pool has', 8_000, { pool: 7_999n }, 'commons_short'],
    ['needs a legal body', 1, { complete: false }, 'payee_incomplete'],
    ['needs an account that two people stand behind', 1, { account: 'none' }, 'early_payment_without_account'],
    ['needs one that is not blocked', 1, { account: 'blocked' }, 'early_payment_without_account'],
    ['is not for the operator', 1, { isOperator: true }, 'early_payment_to_operator'],
  ])('%s', (_, amount, over, expected) => {
    expect(told(asked(amount, over))).toBe(expected);
  });

  it('is for a payee, on an account of ours', () => {
    expect(told(decideEarlyPayment(cents(1), { bankAccount: true, standing: undefined }))).toBe('payee_unknown');
    expect(told(decideEarlyPayment(cents(1), { bankAccount: false, standing: standing() }))).toBe('bank_account_unknown');
  });

  it('keeps what was due and what was open at that moment', () => {
    expect(asked(1_000, { open: cents(500) })).toEqual({ kind: 'set_aside', due: 10_000n, openBefore: 500n });
    expect(asked(9_000)).toMatchObject({ details: { amountCents: 9_000, atMostCents: 8_000 } });
  });

  it(`never makes what is open more than is due, whatever is rounded and however often it is asked (seed ${seed})`, () => {
    const net = fc.integer({ min: -20_000, max: 20_000 });
    const rule = fc.record({
      shareBasisPoints: fc.integer({ min: 0, max: 9_000 }), ceiling: fc.integer({ min: 0, max: 30_000 }).map(cents),
    });
    const wished = fc.array(fc.integer({ min: 1, max: 9_000 }));
    const given = [fc.array(fc.tuple(net, rule), { maxLength: 5 }), fc.nat({ max: 5_000 }), wished] as const;
    fc.assert(fc.property(...given, (lines, owing, wishes) => {
      const start = standing({ due: lines.map(([amount, over]) => due(amount, over)), owing: cents(owing) });
      let [open, pool] = [0n, 20_000n];
      for (const wish of wishes) {
        const now = { ...start, open: cents(open), pool };
        const outcome = decideEarlyPayment(cents(wish), { bankAccount: true, standing: now });
        expect(told(outcome) === 'set_aside').toBe(BigInt(wish) <= offerOf(now));
        if (told(outcome) !== 'set_aside') continue;
        open += BigInt(wish);
        pool -= BigInt(wish);
      }
      expect(open === 0n || open <= dueOf(start) - BigInt(owing)).toBe(true);
      expect(pool >= 0n && roomOf({ ...start, open: cents(open) }) >= 0n).toBe(true);
    }), { seed, numRuns: 300 });
  });
});

describe('the money of an early payment (row 29)', () => {
  const money = { pool: 'general', payeeId: 'p' as PayeeId, custodyAccountId: 'c' as BankAccountId };
  const moves = ({ transfers }: ReturnType<typeof nettedPosting>) => transfers.map(({ debit, credit, amount }) => [debit, credit, amount]);

  it('leaves the pool when it is set aside, and is back when it is netted or lapses', () => {
    expect(moves(setAsidePosting(money, cents(700)))).toEqual([['commons:general', 'commons_lent:general', 700n]]);
    expect(moves(nettedPosting(money, cents(700)))).toEqual([['commons_lent:general', 'commons:general', 700n], ['payable:p', 'advance:p', 700n]]);
    expect(moves(lapsedPosting(money, cents(700)))).toEqual([['commons_lent:general', 'commons:general', 700n]]);
  });
});
