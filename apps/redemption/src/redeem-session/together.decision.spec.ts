import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, idOf, isRejected, localDate, sum, ZERO, type Rejected } from '#libs/kernel';
import { seedOfRun } from '#libs/testing';
import type { Attempt, Redeemed, Standing, Voucher } from '../redeem-voucher/redeem-voucher.decision.js';
import { givenByPlace } from '../tariff.decision.js';
import { decideTogether, type Case } from './together.decision.js';

const uuid = (last: string) => `01900000-0000-7000-8000-${last.padStart(12, '0')}`;
const [placeId, siteId, day] = [idOf('place', uuid('2')), idOf('site', uuid('3')), localDate('2026-03-10')];

const voucherOf = (id: string, balance: number, over: Partial<Voucher['batch']> = {}): Voucher => ({
  id: idOf('voucher', uuid(id)), spendable: true, stopped: false, balance: cents(balance), expired: ZERO,
  batch: {
    id: idOf('batch', uuid('8')), programmeId: idOf('programme', uuid('1')), unit: true, face: cents(1_000), usableUntil: localDate('2026-12-31'),
    claimableUntil: localDate('2027-01-31'), services: [], custodyAccountId: uuid('aa'), expiring: false, frozen: false, ...over,
  },
});
const attempt = (key: string, over: Partial<Attempt> = {}): Attempt => ({
  redemptionId: idOf('redemption', uuid(key)), placeId, serviceDate: day, coPayment: ZERO, declared: { service: 'employment' },
  at: new Date('2026-03-10T09:30:00Z'), ...over,
});
const standing: Standing = {
  site: { id: siteId, today: day }, accreditedForAny: true, feeRuleVersion: 4,
  accreditation: { version: 2, from: localDate('2026-01-01'), to: localDate('2026-12-31') },
};
const asking = (price: number): Standing => ({ ...standing, tariff: { version: 3, price: cents(price) } });
const taken = (cases: readonly Case[]) => {
  const decided = decideTogether(cases);
  if (isRejected(decided)) throw new Error(decided.code);
  return decided;
};

describe('several vouchers of one participation', () => {
  it('are judged by what they pay in all, and the first of them says what the place gave', () => {
    const cases: Case[] = [
      [voucherOf('b1', 1_000), attempt('a1', { coPayment: cents(200) }), asking(3_500)],
      [voucherOf('b2', 1_000), attempt('a2'), asking(3_500)],
      [voucherOf('b3', 800, { unit: false }), attempt('a3', { amount: cents(700) }), asking(3_500)],
    ];
    const [lead, ...others] = taken(cases).map(({ redemption }) => redemption);
    expect(lead).toMatchObject({ amount: 1_000n, coPayment: 200n, beside: 1_700n, tariff: { version: 3, price: 3_500n } });
    expect(givenByPlace(lead!, lead!.tariff!)).toBe(600n);
    for (const other of others) {
      expect(other.participationOf).toBe(lead!.id);
      expect(Object.keys(other)).not.toEqual(expect.arrayContaining(['tariff']));
    }
    expect(others.map(({ balanceAfter }) => balanceAfter)).toEqual([0n, 100n]);
  });

  it.each<[string, Case[], Partial<Rejected>]>([
    ['more than the place asks', [
      [voucherOf('b1', 1_000), attempt('a1', { coPayment: cents(1) }), asking(2_000)], [voucherOf('b2', 1_000), attempt('a2'), asking(2_000)],
    ], { code: 'price_over_tariff', details: { tariffCents: 2_000, voucher: 0 } }],
    ['more than the rules of one of them allow', [
      [voucherOf('b1', 1_000), attempt('a1'), standing],
      [voucherOf('b2', 1_000, { priceBounds: [{ service: 'employment', max: cents(1_999) }] }), attempt('a2'), standing],
    ], { code: 'price_over_bound', details: { priceCentsMax: 1_999, voucher: 1 } }],
    ['a co-payment of the first above what the second allows', [
      [voucherOf('b1', 1_000), attempt('a1', { coPayment: cents(500) }), standing],
      [voucherOf('b2', 1_000, { priceBounds: [{ service: 'employment', max: cents(2_499) }] }), attempt('a2'), standing],
    ], { code: 'price_over_bound', details: { priceCentsMax: 2_499, voucher: 1 } }],
    ['one that is used', [[voucherOf('b1', 1_000), attempt('a1'), standing], [voucherOf('b2', 0), attempt('a2'), standing]], { code: 'voucher_used', details: { voucher: 1 } }],
    ['one that nobody knows', [[voucherOf('b1', 1_000), attempt('a1'), standing], [undefined, attempt('a2'), standing]], { code: 'voucher_not_found' }],
    ['a balance of which nothing is asked', [[voucherOf('b1', 1_000), attempt('a1'), standing], [voucherOf('b2', 500, { unit: false }), attempt('a2'), standing]],
      { code: 'amount_missing', details: { availableCents: 500, voucher: 1 } }],
  ])('are refused with %s', (_, cases, refusal) => expect(decideTogether(cases)).toMatchObject(refusal));

  it('come to no more than the tariff, whatever they are, and what was given is what is missing to it', () => {
    const money = (min: number, max: number) => fc.integer({ min, max });
    const voucher = fc.record({ balance: money(1, 900), amount: money(1, 900), coPayment: money(0, 300) });
    fc.assert(fc.property(fc.array(voucher, { minLength: 1, maxLength: 6 }), money(1, 3_000), (vouchers, price) => {
      const cases = vouchers.map(({ balance, amount, coPayment }, at): Case => [
        voucherOf(`b${at}`, balance, { unit: false }),
        attempt(`a${at}`, { amount: cents(amount), coPayment: cents(at === 0 ? coPayment : 0) }), asking(price),
      ]);
      const decided = decideTogether(cases);
      const paid = vouchers.reduce((total, { amount }) => total + amount, vouchers[0]!.coPayment);
      const possible = paid <= price && vouchers.every(({ balance, amount }) => amount <= balance);
      expect(isRejected(decided)).toBe(!possible);
      if (isRejected(decided)) return;
      const all = (decided as readonly Redeemed[]).map(({ redemption }) => redemption);
      expect(sum(all.map(({ amount }) => amount)) + all[0]!.coPayment + givenByPlace(all[0]!, all[0]!.tariff!)).toBe(BigInt(price));
    }), { seed: Number.parseInt(Buffer.from(seedOfRun()).toString('hex').slice(-7), 16), numRuns: 300 });
  });
});
