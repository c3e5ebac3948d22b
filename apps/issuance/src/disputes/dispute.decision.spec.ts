import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, idOf, ZERO } from '#libs/kernel';
import type { Posting } from '#libs/ledger';
import { decideDispute, decideWonDispute, owedOf, type TakenPayment } from './dispute.decision.js';

const party = {
  custodyAccountId: 'here', programmeId: idOf('programme', '01900000-0000-7000-8000-000000000002'),
  payerId: idOf('payer', '01900000-0000-7000-8000-000000000001'),
};
const paid = (over: Partial<Record<'cover' | 'excess' | 'funded' | 'activated' | 'available' | 'unmatched', number>> = {}): TakenPayment => {
  const all = { cover: 4_000, excess: 0, funded: 4_000, activated: 0, available: 4_000, unmatched: 0, ...over };
  return { ...party, ...Object.fromEntries(Object.entries(all).map(([name, value]) => [name, cents(value)])) } as TakenPayment;
};
const moves = (posting: Posting | undefined) =>
  (posting?.transfers ?? []).map(({ debit, credit, amount }) => [debit.split(':')[0], credit.split(':')[0], Number(amount)]);

describe('a payment that Stripe takes back', () => {
  it.each<[string, TakenPayment, number, number, number]>([
    ['is owed less all of it, where nothing was activated', paid(), 4_000, 4_000, 0],
    ['is owed less what was not activated', paid({ activated: 3_000, available: 1_000 }), 4_000, 1_000, 0],
    ['is owed whole where all is activated', paid({ activated: 4_000, available: 0 }), 4_000, 0, 0],
    ['takes no cover of other orders', paid({ activated: 4_000, available: 9_000 }), 4_000, 0, 0],
    ['takes no cover that other orders have used', paid({ available: 500 }), 4_000, 500, 0],
    ['takes what was too much first', paid({ excess: 1_000, unmatched: 1_000 }), 5_000, 4_000, 1_000],
    ['takes no more of unmatched than lies there', paid({ excess: 1_000, unmatched: 300 }), 5_000, 4_000, 300],
    ['in part takes a part', paid(), 1_500, 1_500, 0],
    ['takes nothing that the payer paid otherwise', paid({ funded: 9_000, available: 9_000 }), 4_000, 4_000, 0],
  ])('%s', (_, payment, amount, cover, excess) => {
    const taken = decideDispute(payment, cents(amount), false);
    expect([taken.cover, taken.excess]).toEqual([cents(cover), cents(excess)]);
    expect(moves(taken.posting)).toEqual([['receivable', 'clearing', amount]]);
    expect(moves(taken.rest)).toEqual([
      ...(excess > 0 ? [['unmatched', 'receivable', excess]] : []), ...(cover > 0 ? [['prefund', 'receivable', cover]] : []),
    ]);
  });

  it('and gave again before we heard of it takes nothing', () => {
    const taken = decideDispute(paid(), cents(4_000), true);
    expect([taken.cover, taken.excess, moves(taken.posting)]).toEqual([ZERO, ZERO, [['receivable', 'clearing', 4_000]]]);
    expect(taken.rest).toBeUndefined();
  });
});

describe('a dispute that is won', () => {
  it.each<[string, number, number, number, [number, number]]>([
    ['gives cover again', 4_000, 4_000, 4_000, [4_000, 0]],
    ['gives again what the share still asks, and the rest as too much', 4_000, 4_000, 1_000, [1_000, 3_000]],
    ['gives no more than was taken back', 4_000, 1_000, 4_000, [1_000, 0]],
    ['gives no more than Stripe gave', 500, 4_000, 4_000, [500, 0]],
    ['gives nothing where nothing was taken back', 4_000, 0, 0, [0, 0]],
  ])('%s', (_, amount, takenBack, due, [cover, excess]) => {
    const again = decideWonDispute({ ...party, due: cents(due), takenBack: cents(takenBack) }, cents(amount));
    expect([again.cover, again.excess]).toEqual([cents(cover), cents(excess)]);
    expect(moves(again.posting)[0]).toEqual(['clearing', 'receivable', amount]);
  });

  it('leaves nothing owed, and all cover where it was, whatever had been used', () => {
    fc.assert(fc.property(fc.nat(5_000), fc.nat(5_000), fc.nat(5_000), (cover, activated, excess) => {
      fc.pre(cover + excess > 0);
      const used = Math.min(activated, cover);
      const amount = cents(cover + excess);
      const payment = paid({ cover, excess, funded: cover, activated: used, available: cover - used, unmatched: excess });
      const taken = decideDispute(payment, amount, false);
      const takenBack = cents(taken.cover + taken.excess);
      const again = decideWonDispute({ ...party, due: taken.cover, takenBack }, amount);
      expect([again.cover, again.excess]).toEqual([taken.cover, taken.excess]);
      const balance = (account: string) => [taken.posting, taken.rest, again.posting, again.rest].flatMap(moves).reduce(
        (total, [debit, credit, moved]) => total + Number(moved) * (Number(debit === account) - Number(credit === account)), 0);
      expect(['receivable', 'clearing', 'prefund', 'unmatched'].map(balance)).toEqual([0, 0, 0, 0]);
    }));
  });
});

describe('what a payer owes of its disputed payments', () => {
  const debt = (over: object) =>
    owedOf({ disputed: cents(4_000), takenBack: ZERO, wonBack: ZERO, givenAgain: ZERO, expired: ZERO, ...over });
  it.each<[string, object, number]>([
    ['is all of them', {}, 4_000],
    ['is not what was taken back', { takenBack: cents(1_000) }, 3_000],
    ['is nothing once they came again', { takenBack: cents(1_000), wonBack: cents(4_000), givenAgain: cents(1_000) }, 0],
    ['is not what expired for it', { expired: cents(2_500) }, 1_500],
    ['is never below nothing', { wonBack: cents(4_000), takenBack: cents(5) }, 0],
  ])('%s', (_, over, owed) => expect(debt(over)).toBe(cents(owed)));
});
