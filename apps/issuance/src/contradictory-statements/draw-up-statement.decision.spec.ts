import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, localDate, split, sum, ZERO, type Cents } from '#libs/kernel';
import { seedOfRun } from '#libs/testing';
import { payerNo as payer, sharedBy } from '../../../../test/builders/shared-order.js';
import { sharesBetween } from '../order-share.decision.js';
import { decideStatement, endShares, type EndedOrder } from './draw-up-statement.decision.js';

const order: EndedOrder = {
  ...sharedBy(10_000, [5_000, 5_000]), activated: cents(10_000), redeemed: cents(2_001), expired: cents(7_999),
  openBatches: 0, openRuns: 0, claimableUntil: localDate('2027-01-31'), onExpiry: 'refund', signed: false,
};
const AFTER = new Date('2027-02-01T12:00:00Z');

describe('a contradictory statement', () => {
  it.each<[string, EndedOrder | undefined, Date, object]>([
    ['needs an order', undefined, AFTER, { code: 'order_not_found' }],
    ['is final once all have signed', { ...order, signed: true }, AFTER, { code: 'statement_signed' }],
    ['waits while somebody may still claim', order, new Date('2027-02-01T11:59:59Z'), { code: 'claims_open', details: { claimableUntil: '2027-01-31' } }],
    ['waits for the run of every batch', { ...order, openBatches: 1 }, AFTER, { code: 'expiry_incomplete', details: { openBatches: 1 } }],
    ['waits for every chunk of a run', { ...order, openRuns: 1 }, AFTER, { code: 'expiry_incomplete', details: { openRuns: 1 } }],
    ['waits for the last redemption that is under way', { ...order, redeemed: cents(2_000) }, AFTER, { code: 'expiry_incomplete', details: { missingCents: 1 } }],
    ['waits when more is told than was activated: an undo is under way', { ...order, redeemed: cents(2_002) }, AFTER, { code: 'expiry_incomplete', details: { missingCents: -1 } }],
    ['says which payer bore which cent', order, AFTER, {
      kind: 'drawn_up', outcome: 'refund', shares: [
        { payerId: payer(1), activated: 5_000n, redeemed: 1_001n, expired: 3_999n },
        { payerId: payer(2), activated: 5_000n, redeemed: 1_000n, expired: 4_000n },
      ],
    }],
    ['is of an order of which nothing was activated, too', { ...order, activated: ZERO, redeemed: ZERO, expired: ZERO }, AFTER, {
      kind: 'drawn_up', shares: [{ expired: ZERO }, { expired: ZERO }],
    }],
  ])('%s', (_, given, now, expected) => {
    expect(decideStatement(given, now)).toMatchObject(expected);
  });

  it('splits any end of any order so that no payer loses a cent or bears less than nothing (L9)', () => {
    const anEnd = fc.record({
      weights: fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 20 }),
      total: fc.oneof(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 1, max: 300_000_000 })),
      active: fc.double({ min: 0, max: 1, noNaN: true }), used: fc.double({ min: 0, max: 1, noNaN: true }),
      ranges: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }),
    });
    fc.assert(fc.property(anEnd, ({ weights, total, active, used, ranges }) => {
      const points = split(cents(10_000 - weights.length), weights.map(BigInt)).map((extra) => Number(extra) + 1);
      const shared = sharedBy(total, points);
      const activated = cents(Math.floor(total * active));
      const redeemed = cents(Math.floor(Number(activated) * used));
      const shares = endShares({ ...shared, activated, redeemed });

      // What the activations drew from each payer, range after range, in whatever ranges.
      const stops = [0, ...ranges.map((at) => Math.floor(Number(activated) * at)), Number(activated)].sort((a, b) => a - b);
      const drawn = stops.slice(1).flatMap((to, at) => sharesBetween(shared, cents(stops[at]!), cents(to)));
      const whole = (amount: (share: (typeof shares)[number]) => Cents) => sum(shares.map(amount));
      const wholes = [whole((share) => share.activated), whole((share) => share.redeemed), whole((share) => share.expired)];
      expect(wholes).toEqual([activated, redeemed, activated - redeemed]);
      for (const { payerId, activated: bore, redeemed: spent, expired } of shares) {
        expect(bore).toBe(sum(drawn.filter((part) => part.payerId === payerId).map(({ amount }) => amount)));
        expect(bore).toBe(spent + expired);
        expect(spent >= 0n && expired >= 0n).toBe(true);
        // Within a cent and a half of the pure proportion of what expired, on either end of the span.
        const exact = Number(activated - redeemed) * points[shares.findIndex((share) => share.payerId === payerId)]! / 10_000;
        expect(Math.abs(Number(expired) - exact)).toBeLessThan(3 + Number(activated) / total);
      }
    }), { seed: Number.parseInt(seedOfRun(), 10) || 1 });
  });
});
