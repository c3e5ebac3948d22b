import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, ZERO } from '#libs/kernel';
import { nextSteps, ORDER_MOVES, ORDER_STATES, orderState, type LifeState, type NextStep, type OrderFacts } from './order-life.decision.js';

const order = (over: Partial<OrderFacts> = {}): OrderFacts => ({
  count: 100, mintedCount: 0, shippedCount: 0, receivedCount: 0, lostCount: 0, paper: false, proof: 'none', activateOn: 'cover',
  isCancelled: false, isExpired: false, isReconciled: false, face: cents(10), total: cents(1_000), funded: ZERO, activated: ZERO, ...over,
});
const made = { mintedCount: 100, shippedCount: 100, proof: 'approved', paper: true } as const;

describe('the life of an order', () => {
  it.each<[Partial<OrderFacts>, string, NextStep[]]>([
    [{}, 'accepted', ['mint', 'pay']],
    [{ paper: true }, 'accepted', ['submit_proof', 'pay']],
    [{ paper: true, proof: 'pending' }, 'proof_pending', ['answer_proof', 'pay']],
    [{ paper: true, proof: 'sent_back', funded: cents(1_000) }, 'accepted', ['submit_proof']],
    [{ paper: true, proof: 'approved' }, 'proof_approved', ['mint', 'pay']],
    [{ ...made, shippedCount: 0, mintedCount: 40 }, 'in_production', ['mint', 'ship', 'pay']],
    [{ mintedCount: 99, funded: cents(1_000), activated: cents(990) }, 'in_production', ['mint']],
    [{ mintedCount: 100, funded: cents(400) }, 'made', ['pay', 'activate']],
    [made, 'shipped', ['confirm_delivery', 'pay']],
    [{ ...made, lostCount: 100 }, 'shipped', ['pay']],
    [{ ...made, receivedCount: 40, activateOn: 'receipt', funded: cents(1_000), activated: cents(400) }, 'partially_delivered', ['confirm_delivery']],
    [{ ...made, receivedCount: 41, activateOn: 'receipt', funded: cents(1_000), activated: cents(400) }, 'partially_delivered', ['confirm_delivery', 'activate']],
    [{ ...made, receivedCount: 90, lostCount: 10, funded: cents(1_000), activated: cents(900) }, 'delivered', ['activate']],
    [{ ...made, receivedCount: 100, funded: cents(1_000), activated: cents(1_000) }, 'delivered', []],
    [{ ...made, receivedCount: 100, isExpired: true }, 'expired', ['sign_statement']],
    [{ ...made, receivedCount: 100, isExpired: true, isReconciled: true }, 'reconciled', []],
    [{ ...made, receivedCount: 100, isCancelled: true }, 'cancelled', []],
  ])('%j is %s', (over, state, next) => {
    expect([orderState(order(over)), nextSteps(order(over))]).toEqual([state, next]);
  });

  it('has no state that nothing leads to, and none that is not a state', () => {
    const reached = new Set<LifeState>(['draft']);
    for (const state of reached) for (const next of ORDER_MOVES[state]) reached.add(next);
    expect([...reached].sort()).toEqual(Object.keys(ORDER_MOVES).sort());
    expect(Object.keys(ORDER_MOVES)).toEqual(expect.arrayContaining([...ORDER_STATES]));
  });

  it('moves only as the table says, whatever happens in whichever order', () => {
    const act = fc.constantFrom('submit', 'approve', 'send_back', 'mint', 'ship', 'receive', 'lose', 'fund', 'activate', 'expire', 'extend', 'reconcile', 'cancel');
    fc.assert(fc.property(fc.boolean(), fc.array(fc.tuple(act, fc.integer({ min: 1, max: 100 })), { maxLength: 25 }), (paper, acts) => {
      let facts = order({ paper });
      for (const [what, size] of acts) {
        const next = { ...facts, ...after(facts, what, size) };
        const [before, now] = [orderState(facts), orderState(next)];
        if (now !== before) expect(ORDER_MOVES[before]).toContain(now);
        facts = next;
      }
    }));
  });
});

/** What an act changes; nothing where the commands would refuse it. */
function after(facts: OrderFacts, what: string, size: number): Partial<OrderFacts> {
  const { paper, proof, count, mintedCount, shippedCount, receivedCount, lostCount, isExpired } = facts;
  if (facts.isCancelled || facts.isReconciled) return {};
  if (isExpired) return what === 'reconcile' ? { isReconciled: true } : what === 'extend' ? { isExpired: false } : {};
  const left = { mint: count - mintedCount, ship: mintedCount - shippedCount, settle: shippedCount - receivedCount - lostCount };
  switch (what) {
    case 'submit': return paper && proof !== 'approved' && mintedCount === 0 ? { proof: 'pending' } : {};
    case 'approve': return proof === 'pending' ? { proof: 'approved' } : {};
    case 'send_back': return proof === 'pending' ? { proof: 'sent_back' } : {};
    case 'mint': return !paper || proof === 'approved' ? { mintedCount: mintedCount + Math.min(size, left.mint) } : {};
    case 'ship': return { shippedCount: shippedCount + Math.min(size, left.ship) };
    case 'receive': return { receivedCount: receivedCount + Math.min(size, left.settle) };
    case 'lose': return { lostCount: lostCount + Math.min(size, left.settle) };
    case 'fund': return { funded: cents(Math.min(1_000, Number(facts.funded) + size)) };
    case 'expire': return mintedCount > 0 ? { isExpired: true } : {};
    case 'cancel': return { isCancelled: true };
    default: return {};
  }
}
