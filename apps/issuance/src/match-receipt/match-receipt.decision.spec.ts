import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, idOf, isRejected, sum } from '#libs/kernel';
import { decideMatch, decideMatchByHand, type DueOrder, type MatchOutcome } from './match-receipt.decision.js';

const HERE = 'here';
const order = (at: number, total: number, funded = 0, custodyAccountId = HERE): DueOrder => ({
  orderId: idOf('order', `01900000-0000-7000-8000-${String(at).padStart(12, '0')}`), custodyAccountId,
  total: cents(total), funded: cents(funded),
});
/** Parts as [number of the order, cents]. */
type Expected = Readonly<{ outcome: MatchOutcome; parts: readonly [number, number][]; rest: number }>;
const credit = (amount: number) => ({ custodyAccountId: HERE, left: cents(amount) });

describe('the match of a bank credit', () => {
  it.each<[string, number, DueOrder[], Expected]>([
    ['pays the order that it names', 10_000, [order(1, 10_000)], {
      outcome: 'matched', parts: [[1, 10_000]], rest: 0,
    }],
    ['pays a part of it', 4_000, [order(1, 10_000)], {
      outcome: 'matched', parts: [[1, 4_000]], rest: 0,
    }],
    ['pays what a first part left', 6_000, [order(1, 10_000, 4_000)], {
      outcome: 'matched', parts: [[1, 6_000]], rest: 0,
    }],
    ['leaves an over-payment unmatched', 10_001, [order(1, 10_000)], {
      outcome: 'overpaid', parts: [[1, 10_000]], rest: 1,
    }],
    ['leaves a second payment of a paid order unmatched', 10_000, [order(1, 10_000, 10_000)], {
      outcome: 'nothing_due', parts: [], rest: 10_000,
    }],
    ['leaves a credit without a known reference unmatched', 10_000, [], {
      outcome: 'unknown_reference', parts: [], rest: 10_000,
    }],
    ['leaves a credit on another account unmatched', 10_000, [order(1, 10_000, 0, 'elsewhere')], {
      outcome: 'other_account', parts: [], rest: 10_000,
    }],
    ['pays all orders that it names', 15_000, [order(1, 10_000), order(2, 5_000)], {
      outcome: 'matched', parts: [[1, 10_000], [2, 5_000]], rest: 0,
    }],
    ['pays all and leaves the rest', 16_000, [order(1, 10_000), order(2, 5_000)], {
      outcome: 'overpaid', parts: [[1, 10_000], [2, 5_000]], rest: 1_000,
    }],
    ['pays the one order of two that asks this amount', 5_000, [order(1, 10_000), order(2, 5_000)], {
      outcome: 'matched', parts: [[2, 5_000]], rest: 0,
    }],
    ['passes over a paid order', 5_000, [order(1, 10_000, 10_000), order(2, 5_000)], {
      outcome: 'matched', parts: [[2, 5_000]], rest: 0,
    }],
    ['does not choose between two equal orders', 5_000, [order(1, 5_000), order(2, 5_000)], {
      outcome: 'ambiguous', parts: [], rest: 5_000,
    }],
    ['does not share out too little among several', 7_000, [order(1, 10_000), order(2, 5_000)], {
      outcome: 'ambiguous', parts: [], rest: 7_000,
    }],
  ])('%s', (_, amount, named, { outcome, parts, rest }) => {
    expect(decideMatch(credit(amount), named)).toEqual({
      outcome, rest: cents(rest), parts: parts.map(([at, paid]) => ({ orderId: order(at, 1).orderId, amount: cents(paid) })),
    });
  });

  it('loses no cent, pays no order above its total, and pays only orders of its own account', () => {
    const anOrder = fc.record({
      total: fc.integer({ min: 1, max: 100 }), part: fc.double({ min: 0, max: 1, noNaN: true }), here: fc.boolean(),
    });
    fc.assert(fc.property(fc.integer({ min: 1, max: 300 }), fc.array(anOrder, { maxLength: 5 }), (amount, drawn) => {
      const named = drawn.map(({ total, part, here }, at) => order(at, total, Math.floor(total * part), here ? HERE : 'elsewhere'));
      const { parts, rest } = decideMatch(credit(amount), named);
      expect(sum(parts.map((part) => part.amount)) + rest).toBe(cents(amount));
      for (const part of parts) {
        const paid = named.find(({ orderId }) => orderId === part.orderId)!;
        expect(part.amount > 0n && paid.funded + part.amount <= paid.total && paid.custodyAccountId === HERE).toBe(true);
      }
    }));
  });
});

describe('a match by hand', () => {
  const open = { ...order(1, 10_000, 4_000), alreadyMatched: false };
  it.each<[string, Parameters<typeof decideMatchByHand>, string]>([
    ['needs a credit', [undefined, open], 'receipt_not_found'],
    ['needs an order', [credit(1), undefined], 'order_not_found'],
    ['stays within one account', [credit(1), { ...open, custodyAccountId: 'elsewhere' }], 'other_custody_account'],
    ['is made once', [credit(1), { ...open, alreadyMatched: true }], 'order_already_matched'],
    ['ends when the order is paid', [credit(1), { ...open, funded: cents(10_000) }], 'order_fully_funded'],
    ['ends when the credit is used', [credit(0), open], 'receipt_used_up'],
  ])('%s', (_, given, code) => {
    const outcome = decideMatchByHand(...given);
    expect(isRejected(outcome) && outcome.code).toBe(code);
  });

  it('takes what the order still asks, and never more than the credit has left', () => {
    expect(decideMatchByHand(credit(9_000), open)).toEqual({ orderId: open.orderId, amount: cents(6_000) });
    expect(decideMatchByHand(credit(5_000), open)).toEqual({ orderId: open.orderId, amount: cents(5_000) });
  });
});
