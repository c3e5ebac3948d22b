import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, sum, ZERO, type Cents } from '#libs/kernel';
import { payerNo, sharedBy } from '../../../../test/builders/shared-order.js';
import { endShares } from '../contradictory-statements/draw-up-statement.decision.js';
import { SHARINGS } from '../share-amounts.decision.js';
import { REPORTED, reportOrder, type ReportedOrder } from './report-order.decision.js';

const order = (over: Partial<ReportedOrder> = {}): ReportedOrder => ({
  ...sharedBy(1_001, [5_000, 3_000, 2_000]), activated: cents(1_001), used: cents(381), expired: ZERO, refunded: new Map(), ...over,
});
const own = (report: ReturnType<typeof reportOrder>, which: (typeof REPORTED)[number]) =>
  report.shares.map(({ figures }) => Number(figures[which]));

describe('the report of an order', () => {
  it('says of each payer what it bore of each figure', () => {
    const report = reportOrder(order({ expired: cents(620), refunded: new Map([[payerNo(2), cents(186)]]) }));
    expect(REPORTED.map((which) => [which, own(report, which)])).toEqual([
      ['ordered', [501, 300, 200]], ['activated', [501, 300, 200]], ['used', [191, 114, 76]], ['expired', [310, 186, 124]],
      ['spendable', [0, 0, 0]], ['refunded', [0, 186, 0]],
    ]);
    expect(report.whole).toEqual({
      ordered: 1_001n, activated: 1_001n, used: 381n, expired: 620n, spendable: 0n, refunded: 186n,
    });
  });

  it('by priority says that the first payer\'s money was used first', () => {
    const report = reportOrder(order({ ...sharedBy(1_000, [0, 0], 'priority', [400]), activated: cents(1_000), used: cents(500), expired: cents(300) }));
    expect([own(report, 'used'), own(report, 'spendable'), own(report, 'expired')]).toEqual([[400, 100], [0, 200], [0, 300]]);
  });

  it('stays within what is there while messages are under way', () => {
    expect(reportOrder(order({ activated: cents(100), used: cents(-5) })).whole).toMatchObject({ used: 0n, spendable: 100n });
    expect(reportOrder(order({ activated: cents(100), used: cents(90), expired: cents(20) })).whole)
      .toMatchObject({ used: 90n, expired: 10n, spendable: 0n });
  });

  it('adds up to the cent, and says at the end what the contradictory statement says', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    const history = fc.record({
      points: fc.constantFrom([5_000, 3_000, 2_000], [3_334, 3_333, 3_333], [10_000], [1, 9_998, 1]), sharing: fc.constantFrom(...SHARINGS),
      caps: fc.array(fc.option(part), { maxLength: 2 }), total: fc.integer({ min: 1, max: 5_000_000 }),
      active: part, used: part, expired: part,
    });
    fc.assert(fc.property(history, ({ points, sharing, caps, total, ...parts }) => {
      const capped = caps.slice(0, points.length - 1).map((cap) => (cap === null ? null : Math.max(1, Math.floor(total * cap))));
      const shared = sharedBy(total, points, sharing, capped);
      const of = (whole: number | bigint, given: number): Cents => cents(Math.floor(Number(whole) * given));
      const activated = of(total, parts.active);
      const used = of(activated, parts.used);
      const expired = of(activated - used, parts.expired);
      const report = reportOrder({ ...shared, activated, used, expired, refunded: new Map() });
      for (const which of REPORTED) expect(sum(report.shares.map(({ figures }) => figures[which]))).toBe(report.whole[which]);
      for (const { figures } of report.shares) {
        expect(figures.used + figures.spendable + figures.expired).toBe(figures.activated);
        expect(Object.values(figures).every((amount) => amount >= 0n)).toBe(true);
      }
      const ended = reportOrder({ ...shared, activated, used, expired: cents(activated - used), refunded: new Map() });
      expect(ended.shares.map(({ payerId, figures }) => (
        { payerId, activated: figures.activated, redeemed: figures.used, expired: figures.expired }
      ))).toEqual(endShares({ ...shared, activated, redeemed: used, rejectedShares: new Map() }).map(({ rejected: _, ...rest }) => rest));
    }));
  });
});
