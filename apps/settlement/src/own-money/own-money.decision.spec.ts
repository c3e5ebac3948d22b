import { describe, expect, it } from '@jest/globals';
import { cents, type PayeeId } from '#libs/kernel';
import { decideLeaving, decideTaking, shortfallOf, takeableOf, type OwnMoney, type Taking } from './own-money.decision.js';

const AT = new Date('2026-04-02T10:00:00Z');
const money = (over: Partial<OwnMoney> = {}): OwnMoney => ({ own: 100n, bound: 0n, told: { number: 7, cutAt: new Date('2026-04-02T09:00:00Z') }, ...over });
const taking = (over: Partial<Taking> = {}): Taking => ({ operator: 'op' as PayeeId, amount: cents(100), money: money(), at: AT, toldHoursMax: 26, ...over });
const told = (outcome: { kind: string }) => ('code' in outcome ? outcome.code : outcome.kind);

describe('taking out what is the operator’s own', () => {
  it.each<[string, Partial<Taking>, string]>([
    ['goes up to the last cent of it', {}, 'own'],
    ['goes no cent beyond', { amount: cents(101) }, 'own_money_short'],
    ['leaves what is bound', { money: money({ bound: 1n }) }, 'own_money_short'],
    ['takes the rest of what is bound', { money: money({ bound: 40n }), amount: cents(60) }, 'own'],
    ['needs something that is the operator’s', { money: money({ own: -5n }), amount: cents(1) }, 'own_money_short'],
    ['waits until issuance has said what it earned', { money: money({ told: undefined }) }, 'own_money_untold'],
    ['believes totals of yesterday', { money: money({ told: { number: 7, cutAt: new Date('2026-04-01T08:00:00Z') } }) }, 'own'],
    ['believes no older ones', { money: money({ told: { number: 7, cutAt: new Date('2026-04-01T07:59:59Z') } }) }, 'own_money_untold'],
    ['needs to know who the operator is', { operator: undefined }, 'operator_unknown'],
  ])('%s', (_, over, expected) => {
    expect(told(decideTaking(taking(over)))).toBe(expected);
  });
});

describe('a run that is about to leave', () => {
  it.each<[string, 'place' | 'refund' | 'commons' | 'fees', Partial<OwnMoney>, string]>([
    ['may, where the operator’s own is nothing', 'place', { own: 0n }, 'may_leave'],
    ['may, though all of it is bound', 'place', { own: 10n, bound: 50n }, 'may_leave'],
    ['may, where issuance has said nothing', 'refund', { told: undefined }, 'may_leave'],
    ['waits while a cent is missing', 'place', { own: -1n }, 'own_money_negative'],
    ['waits while a cent is missing, also of the commons', 'commons', { own: -1n }, 'own_money_negative'],
    ['of fees may, within them', 'fees', {}, 'may_leave'],
    ['of fees is judged again', 'fees', { own: 99n }, 'own_money_short'],
    ['of fees that costs have eaten waits for the operator', 'fees', { own: -1n }, 'own_money_negative'],
  ])('%s', (_, purpose, over, expected) => {
    expect(told(decideLeaving({ purpose, amount: cents(100) }, taking({ money: money(over) })))).toBe(expected);
  });

  it('says what is missing, and what may be taken', () => {
    expect(decideLeaving({ purpose: 'place', amount: cents(1) }, taking({ money: money({ own: -72n }) }))).toMatchObject({ details: { shortfallCents: 72 } });
    expect(decideTaking(taking({ money: money({ bound: 30n }) }))).toMatchObject({ details: { amountCents: 100, takeableCents: 70 } });
    expect([shortfallOf({ own: 5n }), takeableOf({ own: 5n, bound: 9n })]).toEqual([0n, 0n]);
  });
});
