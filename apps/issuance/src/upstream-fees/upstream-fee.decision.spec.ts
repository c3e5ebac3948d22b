import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, localDate, rateOf, sum, type Cents } from '#libs/kernel';
import { decideUpstreamFeeRule, type AskedDay, type PreviousRule } from './publish-upstream-fee-rule.decision.js';
import { simulateSample, simulateWindow } from './simulate-upstream-fees.decision.js';
import { feeOf, NO_FEE, payerFees, type FeeTerms } from './upstream-fee.decision.js';

const seed = Number.parseInt(process.env.MEREAU_SEED ?? '20261128', 10);
const kit = { label: 'Kit', amount: cents(5_000) };
const delivery = { label: 'Livraison', amount: cents(1_500) };
const terms = (over: Partial<FeeTerms> = {}): FeeTerms => ({ ...NO_FEE, feeBasisPoints: 400, vatBasisPoints: 2_000, ...over });
const caps = (orderMax: number | null, agreementMax: number | null) =>
  ({ caps: { orderMax: orderMax === null ? null : cents(orderMax), agreementMax: agreementMax === null ? null : cents(agreementMax) } });

describe('the fee of an order', () => {
  it.each<[string, FeeTerms, number, number, { lines: (readonly [string | null, number])[]; vat: number; capped: string | null }]>([
    ['is nothing without a rule', NO_FEE, 100_000, 0, { lines: [], vat: 0, capped: null }],
    ['is a part of the face value, with VAT on it', terms(), 100_000, 0, { lines: [[null, 4_000]], vat: 800, capped: null }],
    ['is rounded half up, and the VAT of what was rounded', terms(), 1_013, 0, { lines: [[null, 41]], vat: 8, capped: null }],
    ['has a line per service', terms({ services: [kit, delivery] }), 100_000, 0, { lines: [[null, 4_000], ['Kit', 5_000], ['Livraison', 1_500]], vat: 2_100, capped: null }],
    ['is at most the cap of an order', terms(caps(3_000, null)), 100_000, 0, { lines: [[null, 3_000]], vat: 600, capped: 'order' }],
    ['takes what is too much off the rate, then off the last service', terms({ services: [kit, delivery], ...caps(5_200, null) }), 100_000, 0, { lines: [['Kit', 5_000], ['Livraison', 200]], vat: 1_040, capped: 'order' }],
    ['ends before the first service where even the last is too much', terms({ services: [kit, delivery], ...caps(4_000, null) }), 100_000, 0, { lines: [['Kit', 4_000]], vat: 800, capped: 'order' }],
    ['is at most what the agreement has left', terms(caps(3_000, 10_000)), 100_000, 8_000, { lines: [[null, 2_000]], vat: 400, capped: 'agreement' }],
    ['is nothing when the agreement has nothing left', terms(caps(null, 10_000)), 100_000, 12_000, { lines: [], vat: 0, capped: 'agreement' }],
    ['is nothing with a cap of nothing', terms(caps(0, null)), 100_000, 0, { lines: [], vat: 0, capped: 'order' }],
  ])('%s', (_, given, total, charged, { lines, vat, capped }) => {
    const fee = feeOf(given, cents(total), cents(charged));
    expect(fee.lines.map(({ label, net }) => [label, Number(net)])).toEqual(lines);
    expect([fee.net, fee.vat, fee.capped]).toEqual([sum(fee.lines.map(({ net }) => net)), cents(vat), capped]);
  });

  it('is split over the payers to the cent, line by line, whatever the shares, services and caps', () => {
    const amount = fc.bigInt(0n, 1_000_000_000n).map(cents);
    const rules = fc.record({
      feeBasisPoints: fc.nat(10_000), vatBasisPoints: fc.constantFrom(0, 550, 1_000, 2_000, 2_100),
      services: fc.array(fc.record({ label: fc.constantFrom('a', 'b'), amount: fc.bigInt(1n, 10_000_000n).map(cents) }), { maxLength: 4 }),
      orderMax: fc.option(amount), agreementMax: fc.option(amount),
    });
    const weights = fc.array(fc.bigInt(0n, 100_000_000n).map(cents), { minLength: 1, maxLength: 20 })
      .filter((all) => all.some((one) => one > 0n));
    fc.assert(fc.property(rules, weights, amount, ({ orderMax, agreementMax, ...rule }, shares, charged) => {
      const fee = feeOf({ ...NO_FEE, ...rule, caps: { orderMax, agreementMax } }, sum(shares), charged);
      const payers = payerFees(fee, shares);
      expect(sum(payers.map(({ net }) => net))).toBe(fee.net);
      expect(sum(payers.map(({ vat }) => vat))).toBe(fee.vat);
      if (orderMax !== null) expect(fee.net <= orderMax).toBe(true);
      if (agreementMax !== null) expect(fee.net === 0n || fee.net + charged <= agreementMax).toBe(true);
      for (const [at, { lines, net, vat }] of payers.entries()) {
        expect(sum(lines.map((line) => line.net))).toBe(net);
        const apart = vat - rateOf(net, rule.vatBasisPoints);
        expect(apart >= -1n && apart <= 1n).toBe(true);
        if (shares[at] === 0n) expect(net).toBe(0n);
      }
    }), { seed });
  });
});

describe('a simulation', () => {
  it('of the State, a council and a foundation shows what each would bear', () => {
    const order = { total: cents(333_333), weights: [166_667, 100_000, 66_666].map(cents) };
    const sample = simulateSample(terms({ services: [delivery] }), order);
    expect([sample.fee.net, sample.fee.vat]).toEqual([14_833n, 2_967n]);
    expect(sample.payers.map(({ net, vat }) => [net, vat])).toEqual([[7_416n, 1_483n], [4_450n, 890n], [2_967n, 594n]]);
  });

  it('of past orders fills the cap of the agreement in their order', () => {
    const order = (last: number, total: number, charged: number) =>
      ({ orderId: `o${last}` as never, total: cents(total), charged: cents(charged), vat: cents(charged / 5) });
    const window = simulateWindow(terms(caps(null, 5_000)), [order(1, 100_000, 1_000), order(2, 50_000, 0), order(3, 50_000, 0)]);
    expect(window.orders.map(({ wouldCharge, capped }) => [wouldCharge, capped])).toEqual([[4_000n, null], [1_000n, 'agreement'], [0n, 'agreement']]);
    expect([window.charged, window.vat, window.wouldCharge, window.wouldVat]).toEqual([1_000n, 200n, 5_000n, 1_000n] as Cents[]);
  });
});

describe('publishing an upstream fee rule', () => {
  const day = localDate;
  const asked = (from: string, over: Partial<AskedDay> = {}): AskedDay => ({ from: day(from), today: day('2026-03-02'), programmeKnown: true, ...over });
  it.each<[string, AskedDay, PreviousRule | undefined, object]>([
    ['gives the first rule version 1', asked('2026-03-02'), undefined, { version: 1 }],
    ['counts on from the last version', asked('2026-04-01'), { version: 4, from: day('2026-03-01') }, { version: 5 }],
    ['needs a programme, if one is named', asked('2026-04-01', { programmeKnown: false }), undefined, { code: 'programme_not_found' }],
    ['refuses a day that is over', asked('2026-03-01'), undefined, { code: 'upstream_fee_rule_too_early', details: { today: '2026-03-02' } }],
    ['refuses a second rule for the same day', asked('2026-04-01'), { version: 1, from: day('2026-04-01') }, { code: 'upstream_fee_rule_too_early' }],
    ['refuses a rule before one that is published', asked('2026-03-31'), { version: 1, from: day('2026-04-01') }, { code: 'upstream_fee_rule_too_early' }],
  ])('%s', (_name, given, previous, expected) => {
    expect(decideUpstreamFeeRule(given, previous)).toMatchObject(expected);
  });
});
