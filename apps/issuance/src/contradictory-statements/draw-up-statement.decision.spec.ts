import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, idOf, localDate, split, sum, ZERO, type Cents } from '#libs/kernel';
import { seedOfRun } from '#libs/testing';
import { payerNo as payer, sharedBy } from '../../../../test/builders/shared-order.js';
import { sharesBetween } from '../order-share.decision.js';
import { decideStatement, endShares, type EndedOrder } from './draw-up-statement.decision.js';

const order: EndedOrder = {
  ...sharedBy(10_000, [5_000, 5_000]), activated: cents(10_000), redeemed: cents(2_001), expired: cents(7_999),
  rejectedShares: new Map(), heldClaims: [], openBatches: 0, openRuns: 0, usableUntil: localDate('2026-12-31'), claimableUntil: localDate('2027-01-31'), onExpiry: 'refund', signed: false,
};
const AFTER = new Date('2027-02-01T12:00:00Z');
const ON_THE_DAY = { today: localDate('2027-02-01'), now: AFTER };

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
    expect(decideStatement(given, null, { today: localDate('2027-02-01'), now })).toMatchObject(expected);
  });

  const held = [1_000, 500].map((amountCents, at) => ({ claimLineId: idOf('claimLine', `01900000-0000-7000-8000-00000000000${at}`), amountCents }));
  it('waits for every claim that settlement holds, and names them', () => {
    expect(decideStatement({ ...order, heldClaims: held }, null, ON_THE_DAY)).toMatchObject({
      code: 'claims_held', details: { heldCents: 1_500, heldCount: 2, claimLineIds: expect.stringMatching(/^clm_\S+0 clm_\S+1$/) },
    });
  });

  it('says what of the used value was rejected, of each payer what it got back', () => {
    expect(decideStatement({ ...order, rejectedShares: new Map([[payer(2), cents(300)]]) }, null, ON_THE_DAY)).toMatchObject({
      shares: [{ payerId: payer(1), redeemed: 1_001n, rejected: 0n }, { payerId: payer(2), redeemed: 1_000n, rejected: 300n }],
    });
  });

  it.each<[string, string, string, object]>([
    ['later days', '2027-06-30', '2027-07-31', { kind: 'drawn_up', outcome: 'extension' }],
    ['the very day of the signing', '2027-02-01', '2027-02-01', { kind: 'drawn_up', outcome: 'extension' }],
    ['the last day of a leap year\'s February', '2028-02-29', '2028-03-31', { kind: 'drawn_up', outcome: 'extension' }],
    ['a day that is over', '2027-01-31', '2027-03-31', { code: 'extension_not_later' }],
    ['the day that it has', '2026-12-31', '2027-03-31', { code: 'extension_not_later' }],
    ['claims that end before the present end', '2027-02-02', '2027-01-30', { code: 'extension_not_later' }],
    ['claims that end before use does', '2027-06-30', '2027-06-29', { code: 'extension_not_later' }],
  ])('extends to %s, or says why not', (_, usableUntil, claimableUntil, expected) => {
    const dates = { usableUntil: localDate(usableUntil), claimableUntil: localDate(claimableUntil) };
    expect(decideStatement(order, dates, ON_THE_DAY)).toMatchObject(expected);
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
      const shares = endShares({ ...shared, activated, redeemed, rejectedShares: new Map() });

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
