import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, idOf, isRejected, reject, sum, ZERO } from '#libs/kernel';
import { decideMatch, decideMatchByHand, namedShare, type DueOrder, type DueShare, type MatchOutcome } from './match-receipt.decision.js';

const HERE = 'here';
const uuid = (at: number) => `01900000-0000-7000-8000-${String(at).padStart(12, '0')}`;
const share = (payer: number, reference: string, amount: number, funded = 0): DueShare =>
  ({ payerId: idOf('payer', uuid(payer)), reference, amount: cents(amount), funded: cents(funded), feeDue: ZERO });
const shared = (at: number, shares: readonly DueShare[], custodyAccountId = HERE): DueOrder =>
  ({ orderId: idOf('order', uuid(at)), custodyAccountId, isCancelled: false, shares });
/** Of one payer, named by its number. */
const order = (at: number, total: number, funded = 0, custodyAccountId = HERE): DueOrder =>
  shared(at, [share(at, `R${at}`, total, funded)], custodyAccountId);
/** Parts as [number of the payer, cents]; of an order of one payer that is the order's too. */
type Expected = Readonly<{ outcome: MatchOutcome; parts: readonly [number, number][]; rest: number }>;
const credit = (amount: number, references: readonly string[] = ['R1', 'R2']) => ({ custodyAccountId: HERE, left: cents(amount), references });

describe('the match of a bank credit', () => {
  it.each<[string, number, DueOrder[], Expected]>([
    ['pays the order that it names', 10_000, [order(1, 10_000)], {
      outcome: 'matched', parts: [[1, 10_000]], rest: 0,
    }],
    ['pays nothing of an order that is cancelled', 10_000, [{ ...order(1, 10_000), isCancelled: true }], {
      outcome: 'nothing_due', parts: [], rest: 10_000,
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
  ])('%s', (_, amount, orders, { outcome, parts, rest }) => {
    expect(decideMatch(credit(amount), orders)).toEqual({
      outcome, rest: cents(rest), parts: parts.map(([at, paid]) => ({ orderId: uuid(at), payerId: uuid(at), amount: cents(paid) })),
    });
  });

  const ours = shared(9, [share(1, 'A', 6_000), share(2, 'B', 4_000, 1_000)]);
  it.each<[string, number, string[], Expected]>([
    ['funds the share that it names and no other', 6_000, ['A'], { outcome: 'matched', parts: [[1, 6_000]], rest: 0 }],
    ['keeps what that payer paid too much away from the others', 9_000, ['A'], { outcome: 'overpaid', parts: [[1, 6_000]], rest: 3_000 }],
    ['funds what is left of the other', 3_000, ['B'], { outcome: 'matched', parts: [[2, 3_000]], rest: 0 }],
    ['funds both when one accountant pays for two', 9_000, ['A', 'B'], { outcome: 'matched', parts: [[1, 6_000], [2, 3_000]], rest: 0 }],
    ['waits when it names the order and no payer', 6_000, ['ORDER'], { outcome: 'ambiguous', parts: [], rest: 6_000 }],
    ['knows the payer when it names both', 6_000, ['ORDER', 'A'], { outcome: 'matched', parts: [[1, 6_000]], rest: 0 }],
  ])('of an order of two payers %s', (_, amount, references, { outcome, parts, rest }) => {
    expect(decideMatch(credit(amount, references), [ours])).toEqual({
      outcome, rest: cents(rest), parts: parts.map(([payer, paid]) => ({ orderId: uuid(9), payerId: uuid(payer), amount: cents(paid) })),
    });
  });

  it('loses no cent, pays no share above its amount, and pays only named shares on its own account', () => {
    const aShare = fc.record({ amount: fc.nat(100), part: fc.double({ min: 0, max: 1, noNaN: true }), named: fc.boolean() });
    const anOrder = fc.record({ here: fc.boolean(), shares: fc.array(aShare, { minLength: 1, maxLength: 3 }) });
    fc.assert(fc.property(fc.integer({ min: 1, max: 300 }), fc.array(anOrder, { maxLength: 4 }), (amount, drawn) => {
      const references: string[] = [];
      const orders = drawn.map(({ here, shares }, at) => shared(at, shares.map((one, payer) => {
        const reference = `${at}/${payer}`;
        if (one.named) references.push(reference);
        return share(payer, reference, one.amount, Math.floor(one.amount * one.part));
      }), here ? HERE : 'elsewhere'));
      const { parts, rest } = decideMatch(credit(amount, references), orders);
      expect(sum(parts.map((part) => part.amount)) + rest).toBe(cents(amount));
      for (const part of parts) {
        const found = orders.find(({ orderId }) => orderId === part.orderId)!;
        const paid = found.shares.find(({ payerId }) => payerId === part.payerId)!;
        expect(part.amount > 0n && paid.funded + part.amount <= paid.amount && found.custodyAccountId === HERE).toBe(true);
        expect(references).toContain(paid.reference);
      }
    }));
  });
});

describe('the share that a person means', () => {
  const two = [share(1, 'A', 6_000), share(2, 'B', 4_000)];
  it('is the only one, or that of the payer named', () => {
    expect(namedShare(two.slice(0, 1), null)).toBe(two[0]);
    expect(namedShare(two, two[1]!.payerId)).toBe(two[1]);
    expect(namedShare(two, null)).toMatchObject({ code: 'share_not_named', details: { payers: 2 } });
    expect(namedShare(two, idOf('payer', uuid(3)))).toMatchObject({ code: 'share_not_found' });
  });
});

describe('a match by hand', () => {
  const to = (over: Partial<DueShare> = {}, custodyAccountId = HERE) => {
    const one = { ...share(1, 'A', 10_000, 4_000), ...over };
    return { order: shared(9, [one], custodyAccountId), share: one };
  };
  it.each<[string, Parameters<typeof decideMatchByHand>, string]>([
    ['needs a credit', [undefined, to()], 'receipt_not_found'],
    ['needs an order and a share', [credit(1), reject('order_not_found')], 'order_not_found'],
    ['stays within one account', [credit(1), to({}, 'elsewhere')], 'other_custody_account'],
    ['ends when the share is paid', [credit(1), to({ funded: cents(10_000) })], 'order_fully_funded'],
    ['ends when the credit is used', [credit(0), to()], 'receipt_used_up'],
  ])('%s', (_, given, code) => {
    const outcome = decideMatchByHand(...given);
    expect(isRejected(outcome) && outcome.code).toBe(code);
  });

  it('takes what the share still asks, and never more than the credit has left', () => {
    const part = { orderId: uuid(9), payerId: uuid(1) };
    expect(decideMatchByHand(credit(9_000), to())).toEqual({ ...part, amount: cents(6_000) });
    expect(decideMatchByHand(credit(5_000), to())).toEqual({ ...part, amount: cents(5_000) });
  });
});
