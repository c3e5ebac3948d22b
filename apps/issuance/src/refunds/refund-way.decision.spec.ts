import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, sum } from '#libs/kernel';
import { refundParts, type RefundableCard } from './refund-way.decision.js';

const NOW = new Date('2026-09-01T10:00:00Z');
const card = (id: string, left: number, paidAt: string): RefundableCard =>
  ({ stripePaymentId: id, left: cents(left), paidAt: new Date(paidAt) });
const young = card('pi_young', 4_000, '2026-08-01T00:00:00Z');

describe('a refund', () => {
  it.each<[string, number, RefundableCard[], [string | null, number][]]>([
    ['goes by bank where no card paid', 800, [], [[null, 800]]],
    ['goes back to the card that paid', 800, [young], [['pi_young', 800]]],
    ['goes by bank for what no card paid', 4_001, [young], [['pi_young', 4_000], [null, 1]]],
    ['goes to several cards, the latest first', 4_500, [young, card('pi_b', 1_000, '2026-07-01T00:00:00Z')], [['pi_young', 4_000], ['pi_b', 500]]],
    ['goes to a card on the last day of the bound', 5, [card('pi_old', 5, '2026-03-05T10:00:00Z')], [['pi_old', 5]]],
    ['goes by bank a moment later', 5, [card('pi_old', 5, '2026-03-05T09:59:59.999Z')], [[null, 5]]],
    ['goes by bank where the card got or took all of it back', 5, [card('pi_gone', 0, '2026-08-01T00:00:00Z')], [[null, 5]]],
  ])('%s', (_, amount, cards, parts) => {
    expect(refundParts(cents(amount), cards, NOW).map((part) => [part.stripePaymentId, Number(part.amount)])).toEqual(parts);
  });

  it('loses no cent, and gives no card more than is left of its payment', () => {
    const aCard = fc.record({ left: fc.nat(500), age: fc.nat(400) });
    fc.assert(fc.property(fc.integer({ min: 1, max: 2_000 }), fc.array(aCard, { maxLength: 5 }), (amount, cards) => {
      const all = cards.map(({ left, age }, at) => card(`pi_${at}`, left, new Date(NOW.getTime() - age * 86_400_000).toISOString()));
      const parts = refundParts(cents(amount), all, NOW);
      expect(sum(parts.map((part) => part.amount))).toBe(BigInt(amount));
      for (const part of parts) {
        expect(part.amount > 0n).toBe(true);
        const of = all.find(({ stripePaymentId }) => stripePaymentId === part.stripePaymentId);
        expect(of === undefined || part.amount <= of.left).toBe(true);
      }
    }));
  });
});
