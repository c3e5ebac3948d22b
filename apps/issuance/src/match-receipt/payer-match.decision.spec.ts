import { describe, expect, it } from '@jest/globals';
import { cents, idOf, localDate, type PayerId } from '#libs/kernel';
import { decidePayerMatch, rankCandidates, type NamedShare, type NamelessCredit } from './payer-match.decision.js';

const uuid = (at: number) => `01900000-0000-7000-8000-${String(at).padStart(12, '0')}`;
const payer = (at: number): PayerId => idOf('payer', uuid(at));
const share = (order: number, over: Partial<NamedShare> = {}): NamedShare => ({
  orderId: idOf('order', uuid(order)), payerId: payer(1), reference: `R${order}`, due: cents(5000), placedOn: localDate('2026-02-01'),
  custodyAccountId: 'here', named: false, ...over,
});
const credit = (over: Partial<NamelessCredit> = {}): NamelessCredit =>
  ({ custodyAccountId: 'here', left: cents(5000), bookedOn: localDate('2026-03-02'), debtorPayers: [payer(1)], ...over });

describe('a credit without a reference', () => {
  it.each<[string, Partial<NamelessCredit>, NamedShare[], number | null]>([
    ['pays the one share of the account\'s one payer that asks exactly this', {}, [share(1)], 1],
    ['pays it beside shares of other amounts and other payers', {}, [share(1), share(2, { due: cents(4999) }), share(3, { payerId: payer(2) })], 1],
    ['pays nothing when the account is of nobody known', { debtorPayers: [] }, [share(1)], null],
    ['pays nothing when the account paid for two payers, as a public accountant does', { debtorPayers: [payer(1), payer(2)] }, [share(1)], null],
    ['pays nothing when two shares ask the same', {}, [share(1), share(2)], null],
    ['pays nothing when it is a cent short', { left: cents(4999) }, [share(1)], null],
    ['pays nothing when it is a cent too much', { left: cents(5001) }, [share(1)], null],
    ['pays nothing on another account of ours', {}, [share(1, { custodyAccountId: 'elsewhere' })], null],
    ['pays nothing that was ordered after it came', {}, [share(1, { placedOn: localDate('2026-03-03') })], null],
    ['pays what was ordered on its day', {}, [share(1, { placedOn: localDate('2026-03-02') })], 1],
    ['pays what is 180 days old', {}, [share(1, { placedOn: localDate('2025-09-03') })], 1],
    ['pays nothing that is older', {}, [share(1, { placedOn: localDate('2025-09-02') })], null],
    ['pays the one of two that is not too old', {}, [share(1, { placedOn: localDate('2025-01-01') }), share(2)], 2],
  ])('%s', (_, over, shares, expected) => {
    const match = decidePayerMatch(credit(over), shares);
    if (expected === null) expect(match).toBeUndefined();
    else expect(match).toEqual({ outcome: 'matched_by_payer', rest: 0n, parts: [{ orderId: uuid(expected), payerId: payer(1), amount: 5000n }] });
  });
});

describe('the shares that a credit may be for', () => {
  const ranked = (shares: NamedShare[], over: Partial<NamelessCredit> = {}) =>
    rankCandidates(credit(over), shares).map(({ orderId, why }) => [Number(orderId.slice(-3)), why.join(' ')]);

  it('stand in the order of what points to them, the older order first', () => {
    expect(ranked([
      share(1, { payerId: payer(2), due: cents(1) }),
      share(2, { payerId: payer(2) }),
      share(3, { due: cents(900) }),
      share(4),
      share(5, { payerId: payer(2), due: cents(1), named: true }),
      share(6, { placedOn: localDate('2026-01-01') }),
    ])).toEqual([[5, 'reference date'], [6, 'payer amount date'], [4, 'payer amount date'], [3, 'payer date'], [2, 'amount date']]);
  });

  it.each<[string, NamedShare[]]>([
    ['that are paid', [share(1, { due: cents(0) })]],
    ['of another account of ours', [share(1, { custodyAccountId: 'elsewhere' })]],
    ['that only the day speaks for', [share(1, { payerId: payer(2), due: cents(1) })]],
  ])('do not hold those %s', (_, shares) => {
    expect(ranked(shares)).toEqual([]);
  });

  it('are five at most', () => {
    expect(ranked(Array.from({ length: 9 }, (_, at) => share(at)))).toHaveLength(5);
  });
});
