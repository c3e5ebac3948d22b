import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, idOf, isRejected, localDate, plus, sum, ZERO, type Cents } from '#libs/kernel';
import { decideActivation, type ActivatableBatch, type Activation, type Cover } from './activate-range.decision.js';

const payer = (at: number) => idOf('payer', `01900000-0000-7000-8000-${String(at).padStart(12, '0')}`);
const PROGRAMME = '01900000-0000-7000-8000-0000000000aa';
const TODAY = localDate('2026-06-30');
const batch = (over: Partial<ActivatableBatch> = {}): ActivatableBatch => ({
  batchId: idOf('batch', '01900000-0000-7000-8000-00000000000b'), programmeId: idOf('programme', PROGRAMME),
  custodyAccountId: '01900000-0000-7000-8000-0000000000cc', count: 10, bookletSize: 10, face: cents(1_000), loaded: true,
  isReplacement: false, usableUntil: TODAY,
  order: { total: cents(10_000), activated: ZERO, shares: [{ payerId: payer(1), basisPoints: 10_000 }] }, ...over,
});
const cover = (available: number[], over: Partial<Cover> = {}): Cover =>
  ({
    today: TODAY, overlap: undefined, unusable: undefined,
    available: new Map(available.map((amount, at) => [payer(at + 1), cents(amount)])), ...over,
  });
const thirds = {
  total: cents(10_000), activated: ZERO,
  shares: [3_334, 3_333, 3_333].map((basisPoints, at) => ({ payerId: payer(at + 1), basisPoints })),
};

describe('an activation', () => {
  it.each<[string, Parameters<typeof decideActivation>, string, object]>([
    ['needs a batch', [undefined, {}, cover([10_000])], 'batch_not_found', {}],
    ['comes too late the day after the last day of use', [batch(), {}, cover([10_000], { today: localDate('2026-07-01') })], 'programme_ended', { usableUntil: TODAY }],
    ['ends before the count', [batch(), { last: 10 }, cover([10_000])], 'range_outside_batch', { count: 10 }],
    ['has its first before its last', [batch(), { first: 5, last: 4 }, cover([10_000])], 'range_outside_batch', { count: 10 }],
    ['begins at 0 or later', [batch(), { first: -1 }, cover([10_000])], 'range_outside_batch', { count: 10 }],
    ['is not for vouchers that replace others', [batch({ isReplacement: true }), {}, cover([10_000])], 'batch_is_replacement', {}],
    ['waits until redemption has the vouchers', [batch({ loaded: false }), {}, cover([10_000])], 'batch_not_loaded', {}],
    ['takes no money for what no till takes', [batch(), { first: 3 }, cover([10_000], { unusable: { first: 4, last: 4 } })], 'range_stopped', { first: 4, last: 4 }],
    ['happens once per voucher', [batch(), { first: 3 }, cover([10_000], { overlap: { first: 4, last: 4 } })], 'range_already_activated', { first: 4, last: 4 }],
    ['needs money that arrived', [batch(), {}, cover([])], 'insufficient_coverage', { missingCents: 10_000, neededCents: 10_000 }],
    ['needs all of it', [batch(), {}, cover([9_999])], 'insufficient_coverage', { missingCents: 1, neededCents: 10_000 }],
    ['needs it of each payer', [batch({ order: thirds }), {}, cover([10_000, 3_333, 3_331])], 'insufficient_coverage', { missingCents: 2, neededCents: 10_000 }],
  ])('%s', (_, given, code, details) => {
    expect(decideActivation(...given)).toEqual({ kind: 'rejected', code, details });
  });

  it('takes the whole batch at exactly its cover, one transfer per payer (row 6)', () => {
    const outcome = decideActivation(batch({ order: thirds }), {}, cover([3_334, 3_333, 3_333])) as Activation;
    expect(outcome).toMatchObject({ range: { first: 0, last: 9 }, amount: 10_000n, posting: { rule: '6' } });
    expect(outcome.posting.transfers.map(({ debit, credit, amount }) => [debit, credit, amount])).toEqual([3_334n, 3_333n, 3_333n].map(
      (amount, at) => [`prefund:${PROGRAMME}:${payer(at + 1)}`, 'clearing:redemption', amount],
    ));
  });

  it('leaves out a payer that bears nothing of the range', () => {
    const shares = [{ payerId: payer(1), basisPoints: 9_999 }, { payerId: payer(2), basisPoints: 1 }];
    const outcome = decideActivation(batch({ order: { total: cents(10_000), activated: ZERO, shares } }), { last: 0 }, cover([1_000]));
    expect((outcome as Activation).shares).toEqual([{ payerId: payer(1), amount: 1_000n }]);
  });

  it('draws each payer\'s agreed share over any sequence of ranges, and nobody below zero', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 9 });
    const weights = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 6 });
    fc.assert(fc.property(cuts, weights, fc.integer({ min: 1, max: 1_003 }), (at, drawn, faceCents) => {
      const total = cents(faceCents * 10);
      const scale = Math.floor(10_000 / drawn.reduce((a, b) => a + b));
      const shares = drawn.map((weight, index) => ({ payerId: payer(index + 1), basisPoints: weight * scale }));
      shares[0]!.basisPoints += 10_000 - shares.reduce((a, b) => a + b.basisPoints, 0);
      const firsts = [0, ...at.sort((a, b) => a - b)];
      const agreed = decideActivation(batch({ face: cents(faceCents), order: { total, activated: ZERO, shares } }), {}, {
        ...cover([]), available: new Map(shares.map(({ payerId }) => [payerId, total])),
      }) as Activation;
      const left = new Map(agreed.shares.map(({ payerId, amount }) => [payerId, amount]));
      let activated = ZERO;
      firsts.forEach((first, index) => {
        const now = batch({ face: cents(faceCents), order: { total, activated, shares } });
        const range = { first, last: (firsts[index + 1] ?? 10) - 1 };
        const outcome = decideActivation(now, range, { ...cover([]), available: left });
        expect(isRejected(outcome)).toBe(false);
        for (const share of (outcome as Activation).shares) left.set(share.payerId, (left.get(share.payerId)! - share.amount) as Cents);
        activated = plus(activated, (outcome as Activation).amount);
      });
      expect(sum(left.values())).toBe(ZERO);
    }));
  });
});
