import { describe, expect, it } from '@jest/globals';
import { cents, localDate, ZERO, type Cents } from '#libs/kernel';
import { givenByPlace, priceRefusal, tariffOn, type FrozenTariff, type PriceBound } from './tariff.decision.js';

const paid = (amount: number, coPayment = 0) => ({ amount: cents(amount), coPayment: cents(coPayment) });
const asks = (price: number): FrozenTariff => ({ version: 3, price: cents(price) });
const bound = (over: { min?: Cents; max?: Cents }): PriceBound => ({ service: 'employment', ...over });
const FIXED = bound({ min: cents(2_000), max: cents(2_000) });

describe('what is paid for a participation', () => {
  it.each<[string, ReturnType<typeof paid>, FrozenTariff | undefined, PriceBound | undefined]>([
    ['is anything where nobody says a price', paid(1_000_000), undefined, undefined],
    ['may be the whole tariff', paid(2_000), asks(2_000), undefined],
    ['may be the whole tariff, of two purses', paid(1_000, 1_000), asks(2_000), undefined],
    ['may be what the programme fixes', paid(1_500, 500), asks(2_000), FIXED],
    ['may be what the programme fixes, below what the place asks of others', paid(2_000), asks(3_500), FIXED],
    ['may be less', paid(1), asks(3_500), FIXED],
    ['may be what the programme fixes, where the place says no price', paid(2_000), undefined, FIXED],
    ['has no least where the place says no price', paid(10), undefined, bound({ min: cents(500) })],
  ])('%s', (_, money, tariff, rule) => {
    expect(priceRefusal(money, tariff, rule)).toBeUndefined();
  });

  const over: [string, ReturnType<typeof paid>, FrozenTariff | undefined, PriceBound | undefined, string, object][] = [
    ['more than the tariff', paid(2_001), asks(2_000), undefined, 'price_over_tariff', { tariffCents: 2_000 }],
    ['a cent of the citizen on top of it', paid(2_000, 1), asks(2_000), undefined, 'price_over_tariff', { tariffCents: 2_000 }],
    ['more than the programme fixes', paid(1_500, 501), asks(3_500), FIXED, 'price_over_bound', { priceCentsMax: 2_000 }],
    ['more than it fixes, where the place says no price', paid(2_001), undefined, FIXED, 'price_over_bound', { priceCentsMax: 2_000 }],
    ['more than both, told what everybody is bound by', paid(4_000), asks(3_500), FIXED, 'price_over_bound', { priceCentsMax: 2_000 }],
    ['what the programme is not meant for', paid(100), asks(499), bound({ min: cents(500) }), 'tariff_under_bound',
      { priceCentsMin: 500, tariffCents: 499 }],
  ];
  const cases = over.map(([sentence, money, tariff, rule, code, details]) => ({ sentence, money, tariff, rule, code, details }));
  it.each(cases)('is not $sentence', ({ money, tariff, rule, code, details }) => {
    expect(priceRefusal(money, tariff, rule)).toEqual({ kind: 'rejected', code, details });
  });

  it.each([[1_000, 0, 2_000, 1_000], [1_000, 400, 2_000, 600], [1_000, 1_000, 2_000, 0]])(
    '%d of a voucher and %d of the citizen leave of %d what the place gave: %d', (amount, coPayment, price, given) => {
      expect(givenByPlace(paid(amount, coPayment), asks(price))).toBe(BigInt(given));
    });
});

describe('the tariff of a day', () => {
  const version = (number: number, from: string) => ({ version: number, from: localDate(from), price: ZERO });
  const versions = [version(3, '2026-05-01'), version(2, '2026-06-01'), version(1, '2026-03-01')];
  it.each([
    ['2026-02-28', undefined], ['2026-03-01', 1], ['2026-04-30', 1], ['2026-05-01', 3],
    // The second was replaced before its day came.
    ['2026-06-01', 3],
  ])('%s is version %s', (day, expected) => {
    expect(tariffOn(versions, localDate(day))?.version).toBe(expected);
  });
});
