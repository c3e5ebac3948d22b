import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, idOf, plus, sum, ZERO } from '#libs/kernel';
import { payerNo as payer, sharedBy } from '../../../../test/builders/shared-order.js';
import { sharesBetween } from '../order-share.decision.js';
import { SHARINGS } from '../share-amounts.decision.js';
import {
  confirmCancellation, decideCancellation, type CancellableOrder, type Cancellation, type CancellationTerms,
} from './cancel-order.decision.js';

const TERMS: CancellationTerms = { indemnityBasisPoints: 500, productionPerVoucherMax: cents(100) };
const BATCH = idOf('batch', '01900000-0000-7000-8000-00000000000b');
const money = (...amounts: number[]) => new Map(amounts.map((amount, at) => [payer(at + 1), cents(amount)]));

/** 100 vouchers of ten euros; State 50 %, council 30 %, foundation 20 %, all paid. */
const order = (over: Partial<CancellableOrder> = {}): CancellableOrder => ({
  ...sharedBy(100_000, [5_000, 3_000, 2_000]), isCancelled: false, isExpired: false, mintedCount: 0, face: cents(1_000), activated: ZERO,
  fees: ZERO, funded: money(50_000, 30_000, 20_000), cover: money(50_000, 30_000, 20_000), batches: [], ...over,
});
const active = (over: Partial<CancellableOrder['batches'][number]> = {}) => order({
  mintedCount: 100, activated: cents(40_000), cover: money(30_000, 18_000, 12_000),
  batches: [{ batchId: BATCH, activated: [{ first: 0, last: 39 }], handedOver: [{ first: 0, last: 19 }], stopped: [], ...over }],
});
const cost = (outcome: ReturnType<typeof decideCancellation>) => (outcome as Cancellation).shares.map((share) => Number(share.cost));
const back = (outcome: ReturnType<typeof decideCancellation>) => (outcome as Cancellation).shares.map((share) => Number(share.back));

describe('cancelling an order', () => {
  it.each<[string, CancellableOrder | undefined, number, object]>([
    ['needs an order', undefined, 0, { code: 'order_not_found' }],
    ['happens once', order({ isCancelled: true }), 0, { code: 'order_cancelled' }],
    ['comes too late for what has ended', order({ isExpired: true }), 0, { code: 'order_expired' }],
    ['costs no production where nothing was made', order(), 1, { code: 'production_costs_unfounded', details: { productionCentsMax: 0 } }],
    ['costs no more of it than the terms allow', order({ mintedCount: 100 }), 10_001, { code: 'production_costs_unfounded', details: { productionCentsMax: 10_000 } }],
    ['costs nothing before production, where there are no fees', order(), 0, { stage: 'before_production', indemnity: 0n, production: 0n }],
    ['costs 5 % of the fees before production', order({ fees: cents(4_000) }), 0, { stage: 'before_production', indemnity: 200n, production: 0n }],
    ['costs what was made as well once it was', order({ fees: cents(4_000), mintedCount: 100 }), 1_234, { stage: 'in_production', indemnity: 200n, production: 1_234n }],
    ['costs 5 % only of the fees of what was not activated', { ...active(), fees: cents(4_000) }, 0, { stage: 'active', indemnity: 120n }],
    ['leaves what is with citizens, and the rest of what is active for the end', active(), 0, {
      stays: 20_000n, backAtEnd: 20_000n, toStop: [{ batchId: BATCH, first: 20, last: 39 }],
    }],
  ])('%s', (_, given, production, expected) => {
    expect(decideCancellation(given, cents(production), TERMS)).toMatchObject(expected);
  });

  it('gives each payer back its own unused money, and charges costs by the shares', () => {
    const outcome = decideCancellation({ ...active(), fees: cents(4_000) }, cents(1_003), TERMS);
    expect([back(outcome), cost(outcome)]).toEqual([[30_000, 18_000, 12_000], [561, 337, 225]]);
  });

  it('gives back no more than was paid, and no more than is left when another order used it', () => {
    expect(back(decideCancellation(order({ funded: money(50_000, 0, 5) }), ZERO, TERMS))).toEqual([50_000, 0, 5]);
    expect(back(decideCancellation(order({ cover: money(50_000, 10_000) }), ZERO, TERMS))).toEqual([50_000, 10_000, 0]);
    expect(back(decideCancellation({ ...active(), funded: money(0, 30_000, 20_000) }, ZERO, TERMS))).toEqual([0, 18_000, 12_000]);
  });

  it('waits until what is active and in stock is stopped, however it was stopped', () => {
    expect(confirmCancellation(decideCancellation(active(), ZERO, TERMS))).toMatchObject({
      code: 'range_not_stopped', details: { batchId: BATCH, first: 20, last: 39, ranges: 1 },
    });
    const parts = [{ first: 18, last: 29 }, { first: 25, last: 39 }];
    expect(confirmCancellation(decideCancellation(active({ stopped: parts }), ZERO, TERMS))).toMatchObject({ stage: 'active', toStop: [], backAtEnd: 20_000n });
  });

  it('divides every cent of the costs, returns to nobody more than it paid, and with what was used never more than the shares', () => {
    const history = fc.record({
      points: fc.constantFrom([5_000, 3_000, 2_000], [10_000], [3_334, 3_333, 3_333], [1, 9_998, 1]), sharing: fc.constantFrom(...SHARINGS),
      count: fc.integer({ min: 1, max: 500 }), part: fc.double({ min: 0, max: 1, noNaN: true }), fees: fc.integer({ min: 0, max: 50_000 }),
      made: fc.integer({ min: 0, max: 10_000 }), paid: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
    });
    fc.assert(fc.property(history, ({ points, sharing, count, part, fees, made, paid }) => {
      const shared = sharedBy(count * 1_000, points, sharing);
      const activated = cents(Math.floor(count * part) * 1_000);
      const used = new Map(sharesBetween(shared, ZERO, activated).map(({ payerId, amount }) => [payerId, amount]));
      // Each payer has paid what was used of it, and a part of the rest.
      const funded = new Map(shared.shares.map(({ payerId, amount }, at) => {
        const drawn = used.get(payerId) ?? ZERO;
        return [payerId, plus(drawn, cents(BigInt(Math.floor(Number(amount - drawn) * paid[at]!))))];
      }));
      const cover = new Map([...funded].map(([payerId, amount]) => [payerId, cents(amount - (used.get(payerId) ?? 0n))]));
      const production = cents(Math.min(made, count * 100));
      const outcome = decideCancellation({
        ...shared, isCancelled: false, isExpired: false, mintedCount: count, face: cents(1_000), activated, fees: cents(fees),
        funded, cover, batches: [],
      }, production, TERMS) as Cancellation;
      expect(sum(outcome.shares.map((share) => share.cost))).toBe(outcome.indemnity + production);
      for (const share of outcome.shares) expect(share.back).toBe(cover.get(share.payerId));
      expect(sum(outcome.shares.map((share) => share.back)) + activated).toBe(sum(funded.values()));
    }));
  });
});
