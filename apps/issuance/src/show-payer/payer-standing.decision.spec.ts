import { describe, expect, it } from '@jest/globals';
import { cents, ZERO, type PayerId, type ProgrammeId } from '#libs/kernel';
import { standingOf, type StandingOrder } from './payer-standing.decision.js';

const [PAYER, OTHER] = ['payer' as PayerId, 'other' as PayerId];
const [FIRST, SECOND] = ['first' as ProgrammeId, 'second' as ProgrammeId];
const order = (over: Partial<StandingOrder> = {}): StandingOrder => ({
  programmeId: FIRST, isCancelled: false, total: cents(10_000n), sharing: 'pro_rata',
  activated: ZERO, used: ZERO, expired: ZERO, refunded: new Map(),
  shares: [
    { payerId: PAYER, amount: cents(6_000n), funded: cents(6_000n) }, { payerId: OTHER, amount: cents(4_000n), funded: ZERO },
  ], ...over,
});
const plainly = (orders: readonly StandingOrder[], payerId = PAYER) =>
  [...standingOf(payerId, orders)].map(([programmeId, { orders: count, sums }]) => [
    programmeId, count, Object.fromEntries(Object.entries(sums).map(([name, amount]) => [name, Number(amount)])),
  ]);

describe('what became of a payer’s money', () => {
  it.each<[string, StandingOrder[], PayerId, object]>([
    ['its own share of what was ordered and paid', [order()], PAYER, { ordered: 6_000, paid: 6_000, missing: 0, activated: 0, used: 0, spendable: 0, expired: 0 }],
    ['what it still owes', [order()], OTHER, { ordered: 4_000, paid: 0, missing: 4_000, activated: 0, used: 0, spendable: 0, expired: 0 }],
    ['nothing owed of a cancelled order', [order({ isCancelled: true })], OTHER, { ordered: 4_000, paid: 0, missing: 0, activated: 0, used: 0, spendable: 0, expired: 0 }],
    ['used, out and expired, which add up to what was activated', [order({ activated: cents(10_000n), used: cents(2_000n), expired: cents(3_000n) })], PAYER,
      { ordered: 6_000, paid: 6_000, missing: 0, activated: 6_000, used: 1_200, spendable: 3_000, expired: 1_800 }],
    ['the sum of its orders', [order(), order({ activated: cents(10_000n) })], PAYER,
      { ordered: 12_000, paid: 12_000, missing: 0, activated: 6_000, used: 0, spendable: 6_000, expired: 0 }],
  ])('is %s', (_, orders, payerId, sums) => {
    expect(plainly(orders, payerId)).toEqual([[FIRST, orders.length, sums]]);
  });

  it('is told by programme, and of nothing where nothing was ordered', () => {
    const told = plainly([order(), order({ programmeId: SECOND })]);
    expect(told.map(([programmeId, count]) => [programmeId, count])).toEqual([[FIRST, 1], [SECOND, 1]]);
    expect(plainly([])).toEqual([]);
  });
});
