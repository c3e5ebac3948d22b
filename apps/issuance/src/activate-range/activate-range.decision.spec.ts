import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, idOf, isRejected, localDate, plus, sum, ZERO, type Cents } from '#libs/kernel';
import { payerNo as payer, sharedBy } from '../../../../test/builders/shared-order.js';
import type { Sharing } from '../share-amounts.decision.js';
import { decideActivation, type ActivatableBatch, type Activation, type Cover } from './activate-range.decision.js';

const PROGRAMME = '01900000-0000-7000-8000-0000000000aa';
const TODAY = localDate('2026-06-30');
const batch = (over: Partial<ActivatableBatch> = {}): ActivatableBatch => ({
  batchId: idOf('batch', '01900000-0000-7000-8000-00000000000b'), programmeId: idOf('programme', PROGRAMME),
  custodyAccountId: '01900000-0000-7000-8000-0000000000cc', count: 10, bookletSize: 10, face: cents(1_000), loaded: true,
  isReplacement: false, isCancelled: false, usableUntil: TODAY,
  order: { ...sharedBy(10_000, [10_000]), activated: ZERO }, ...over,
});
const cover = (available: number[], over: Partial<Cover> = {}): Cover =>
  ({ today: TODAY, overlap: undefined, unreceived: undefined, available: new Map(available.map((amount, at) => [payer(at + 1), cents(amount)])), ...over });
const thirds = { ...sharedBy(10_000, [3_334, 3_333, 3_333]), activated: ZERO };

describe('an activation', () => {
  it.each<[string, Parameters<typeof decideActivation>, string, object]>([
    ['needs a batch', [undefined, {}, cover([10_000])], 'batch_not_found', {}],
    ['is not for an order that is cancelled', [batch({ isCancelled: true }), {}, cover([10_000])], 'order_cancelled', {}],
    ['waits for the parcel where the order says so', [batch(), {}, cover([10_000], { unreceived: { first: 5, last: 9 } })], 'range_not_received', { first: 5, last: 9 }],
    ['comes too late the day after the last day of use', [batch(), {}, cover([10_000], { today: localDate('2026-07-01') })], 'programme_ended', { usableUntil: TODAY }],
    ['ends before the count', [batch(), { last: 10 }, cover([10_000])], 'range_outside_batch', { count: 10 }],
    ['has its first before its last', [batch(), { first: 5, last: 4 }, cover([10_000])], 'range_outside_batch', { count: 10 }],
    ['begins at 0 or later', [batch(), { first: -1 }, cover([10_000])], 'range_outside_batch', { count: 10 }],
    ['is not for vouchers that replace others', [batch({ isReplacement: true }), {}, cover([10_000])], 'batch_is_replacement', {}],
    ['waits until redemption has the vouchers', [batch({ loaded: false }), {}, cover([10_000])], 'batch_not_loaded', {}],
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
    const outcome = decideActivation(batch({ order: { ...sharedBy(10_000, [9_999, 1]), activated: ZERO } }), { last: 0 }, cover([1_000]));
    expect((outcome as Activation).shares).toEqual([{ payerId: payer(1), amount: 1_000n }]);
  });

  it('draws each payer\'s agreed share over any sequence of ranges, and nobody below zero', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 9 });
    const weights = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 6 });
    const sharings = fc.constantFrom<Sharing>('pro_rata', 'priority');
    fc.assert(fc.property(cuts, weights, fc.integer({ min: 1, max: 1_003 }), sharings, (at, drawn, faceCents, sharing) => {
      const total = cents(faceCents * 10);
      const scale = Math.floor(10_000 / drawn.reduce((a, b) => a + b));
      const points = drawn.map((weight) => weight * scale);
      points[0]! += 10_000 - points.reduce((a, b) => a + b);
      const order = sharedBy(total, points, sharing);
      const firsts = [0, ...at.sort((a, b) => a - b)];
      const agreed = decideActivation(batch({ face: cents(faceCents), order: { ...order, activated: ZERO } }), {}, {
        ...cover([]), available: new Map(order.shares.map(({ payerId }) => [payerId, total])),
      }) as Activation;
      const left = new Map(agreed.shares.map(({ payerId, amount }) => [payerId, amount]));
      let activated = ZERO;
      firsts.forEach((first, index) => {
        const now = batch({ face: cents(faceCents), order: { ...order, activated } });
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
