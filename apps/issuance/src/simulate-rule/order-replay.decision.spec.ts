import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, idOf, isRejected, localDate, ZERO, type Cents } from '#libs/kernel';
import { seedOfRun } from '#libs/testing';
import type { RuleText } from '../programme-rule.decision.js';
import { decideAgain, OrderReplay, type PastOrder } from './order-replay.decision.js';

const TOTAL_MAX = cents(1_000_000_000);
const rule: RuleText = {
  name: 'Numérique pour tous', face: cents(1_000), faceMin: cents(1_000), faceMax: cents(1_000), usableUntil: localDate('2026-12-31'),
  claimableUntil: localDate('2027-01-31'), onExpiry: 'refund', targetPublics: [], targetPublicLabel: null, territory: [], services: [],
  servicePrices: [], tariffRaiseNeedsApproval: false, offline: false,
  limits: { orderCountMin: null, orderCountMax: null, orderedMax: null, redemptionMax: null }, creditor: { name: 'Compte', iban: 'FR', bic: null },
};
const orderId = idOf('order', '01900000-0000-7000-8000-000000000006');
const order = (over: Partial<PastOrder> = {}): PastOrder =>
  ({ orderId, count: 10, total: cents(10_000), placedOn: localDate('2026-03-02'), face: null, ...over });
const replayOf = (candidate: RuleText, orders: readonly PastOrder[], ordered: Cents = ZERO, differencesMax = 100) => {
  const replay = new OrderReplay(candidate, { ordered, totalMax: TOTAL_MAX, differencesMax });
  for (const one of orders) replay.take(one);
  return replay.report();
};

describe('an order decided again', () => {
  it.each<[string, PastOrder, RuleText, string | number]>([
    ['costs what it cost under the same rules', order(), rule, 10_000],
    ['follows the rules to another face value, where it named none', order(), { ...rule, face: cents(1_500), faceMax: cents(1_500) }, 15_000],
    ['keeps the one that it named', order({ face: cents(500), total: cents(5_000) }), { ...rule, faceMin: cents(1) }, 5_000],
    ['is refused when that is out of bounds', order({ face: cents(500) }), rule, 'face_not_allowed'],
    ['is refused when its day was after the last of use', order(), { ...rule, usableUntil: localDate('2026-03-01') }, 'programme_ended'],
    ['is refused when it has too few vouchers', order(), { ...rule, limits: { ...rule.limits, orderCountMin: 11 } }, 'order_count_not_allowed'],
  ])('%s', (_, past, candidate, expected) => {
    const outcome = decideAgain(past, candidate, { ordered: ZERO, totalMax: TOTAL_MAX });
    expect(isRejected(outcome) ? outcome.code : Number(outcome.total)).toBe(expected);
  });
});

describe('a replay', () => {
  it('uses up the limit of the programme by those that it accepts, from what was ordered before on', () => {
    const limited = { ...rule, limits: { ...rule.limits, orderedMax: cents(25_000) } };
    const report = replayOf(limited, [order({ count: 20, total: cents(20_000) }), order(), order()], cents(10_000));
    expect(report).toMatchObject({
      decided: { count: 3, amount: 40_000n }, accepted: { count: 1, amount: 10_000n },
      refused: [{ code: 'programme_limit_reached', count: 2, amount: 30_000n }], differentCount: 2,
    });
  });

  it('says what would have cost more or less, one by one up to a bound', () => {
    const dearer = { ...rule, face: cents(1_500), faceMax: cents(1_500) };
    expect(replayOf(dearer, [order(), order(), order()], ZERO, 2)).toEqual({
      decided: { count: 3, amount: 30_000n }, accepted: { count: 3, amount: 45_000n }, refused: [],
      repriced: { count: 3, difference: 15_000n },
      differences: [0, 1].map(() => ({ orderId, code: null, total: 10_000n, simulated: 15_000n })), differentCount: 3,
    });
  });
});

const SEED = Number.parseInt(Buffer.from(seedOfRun()).toString('hex').slice(-7), 16);
const anAmount = fc.bigInt(1n, 3_000n).map((amount) => amount as Cents);
const anOrder = fc.record({ count: fc.integer({ min: 1, max: 40 }), face: fc.option(anAmount, { nil: null }) });
const aCount = fc.option(fc.integer({ min: 1, max: 20 }), { nil: null });
const aLimit = fc.option(fc.bigInt(1n, 100_000n).map((amount) => amount as Cents), { nil: null });

describe('rules that are in force', () => {
  it('would have refused and repriced nothing of what was ordered under them, whatever they say', () => {
    let placed = 0;
    const [someAmounts, someOrders] = [fc.tuple(anAmount, anAmount, anAmount), fc.array(anOrder, { maxLength: 30 })];
    fc.assert(fc.property(
      someAmounts, aCount, aLimit, someOrders, (amounts, orderCountMin, orderedMax, wishes) => {
        const [faceMin, face, faceMax] = [...amounts].sort((a, b) => Number(a - b)) as [Cents, Cents, Cents];
        const limits = { ...rule.limits, orderCountMin, orderedMax };
        const inForce: RuleText = { ...rule, face, faceMin, faceMax, limits };
        let ordered = ZERO;
        const orders: PastOrder[] = [];
        for (const wish of wishes) {
          const outcome = decideAgain(order(wish), inForce, { ordered, totalMax: TOTAL_MAX });
          if (isRejected(outcome)) continue;
          ordered = cents(ordered + outcome.total);
          // Stored is the face value that it came to, not whether it was named.
          orders.push(order({ ...wish, total: outcome.total, face: outcome.face === face ? null : outcome.face }));
        }
        placed += orders.length;
        const report = replayOf(inForce, orders);
        expect([report.accepted, report.differentCount]).toEqual([report.decided, 0]);
      }), { seed: SEED, numRuns: 300 });
    expect(placed).toBeGreaterThan(50);
  });
});
