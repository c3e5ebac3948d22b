import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lifeOfMoney, type OrderMoney } from './life-of-money.js';

const seed = Number.parseInt(process.env.MEREAU_SEED ?? '20261122', 10);
const cents = fc.nat(1_000_000);
const order = fc.tuple(cents, cents, cents, cents).map(([amountCents, funded, activated, redeemed]): OrderMoney => {
  const activatedCents = Math.min(activated, amountCents);
  return { amountCents, fundedCents: Math.min(funded, amountCents), activatedCents, redeemedCents: Math.min(redeemed, activatedCents) };
});

describe('the life of money', () => {
  it('has pieces that are never negative and add up to what was ordered, to the cent', () => {
    fc.assert(fc.property(fc.array(order, { maxLength: 10 }), (orders) => {
      const { orderedCents, ...pieces } = lifeOfMoney(orders);
      expect(Object.values(pieces).reduce((sum, piece) => sum + piece, 0)).toBe(orderedCents);
      expect(Math.min(0, ...Object.values(pieces))).toBe(0);
    }), { seed });
  });

  it.each<[string, OrderMoney, object]>([
    ['nothing paid', { amountCents: 100, fundedCents: 0, activatedCents: 0, redeemedCents: 0 }, { unpaidCents: 100, paidCents: 0, activeCents: 0, usedCents: 0 }],
    ['paid', { amountCents: 100, fundedCents: 100, activatedCents: 0, redeemedCents: 0 }, { unpaidCents: 0, paidCents: 100, activeCents: 0, usedCents: 0 }],
    ['half used', { amountCents: 100, fundedCents: 100, activatedCents: 80, redeemedCents: 50 }, { unpaidCents: 0, paidCents: 20, activeCents: 30, usedCents: 50 }],
    ['active by other money', { amountCents: 100, fundedCents: 10, activatedCents: 60, redeemedCents: 0 }, { unpaidCents: 40, paidCents: 0, activeCents: 60, usedCents: 0 }],
  ])('of an order with %s', (_, one, pieces) => {
    expect(lifeOfMoney([one])).toMatchObject(pieces);
  });
});
