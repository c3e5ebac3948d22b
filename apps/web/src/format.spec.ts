import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { amountText, centsTyped, clock, count, counted, day, longDay, moment } from './format.js';

const seed = Number.parseInt(process.env.MEREAU_SEED ?? '20261122', 10);
const SPACE = '\u00A0';

describe('an amount', () => {
  it.each([
    [0, `0,00${SPACE}€`, '€0.00'], [1, `0,01${SPACE}€`, '€0.01'], [1_000, `10,00${SPACE}€`, '€10.00'], [-3_000, `−30,00${SPACE}€`, '−€30.00'],
    [115_200, `1${SPACE}152,00${SPACE}€`, '€1,152.00'], [Number.MAX_SAFE_INTEGER, `90${SPACE}071${SPACE}992${SPACE}547${SPACE}409,91${SPACE}€`, '€90,071,992,547,409.91'],
  ])('of %s cents is %s, %s', (cents, french, english) => {
    expect([amountText(cents, 'fr'), amountText(cents, 'en')]).toEqual([french, english]);
  });

  it('is read back to the cent', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 999_999_999 }), (cents) => {
      expect(centsTyped(amountText(cents, 'fr'))).toBe(cents);
    }), { seed });
  });

  it.each([['12,5', 1_250], ['12.50', 1_250], ['€ 3', 300], ['1 000,00 €', 100_000], ['', undefined], ['1,234', undefined], ['-1', undefined],
    ['1e3', undefined], ['12345678', undefined], ['0x10', undefined]])('typed as %p is %p cents', (text, cents) => {
    expect(centsTyped(text)).toBe(cents);
  });
});

describe('a moment', () => {
  it('is shown in the operator’s time, a day as it is', () => {
    expect([day('2026-11-24', 'fr'), day('2026-11-24', 'en')]).toEqual(['24 nov. 2026', '24 Nov 2026']);
    expect([clock('2026-11-24T13:32:00Z', 'fr'), clock('2026-11-24T13:32:00Z', 'en')]).toEqual([`14${SPACE}h${SPACE}32`, '14:32']);
    expect([day('2026-12-01', 'fr'), longDay('2026-12-01', 'fr')]).toEqual(['1er déc. 2026', '1er décembre 2026']);
    expect(moment('2026-11-30T23:30:00Z', 'fr')).toBe(`1er déc. 2026, 00${SPACE}h${SPACE}30`);
    expect(moment('2026-07-24T22:30:00Z', 'en')).toBe('25 Jul 2026, 00:30');
  });

  it.each([null, undefined, '', 'yesterday'])('that is not known (%p) is a dash', (text) => {
    expect([day(text, 'fr'), longDay(text, 'fr'), moment(text, 'fr'), clock(text, 'fr')]).toEqual(['–', '–', '–', '–']);
  });
});

describe('a count', () => {
  it('has its thousands apart', () => {
    expect([count(12_345, 'fr'), count(12_345, 'en')]).toEqual([`12${SPACE}345`, '12,345']);
  });

  it.each([[0, 'chèque', 'vouchers'], [1, 'chèque', 'voucher'], [2, 'chèques', 'vouchers'], [21, 'chèques', 'vouchers']])(
    'of %s takes the right form in each language', (value, french, english) => {
      expect(counted(value, 'fr', ['chèque', 'chèques'])).toBe(`${value}${SPACE}${french}`);
      expect(counted(value, 'en', ['voucher', 'vouchers'])).toBe(`${value}${SPACE}${english}`);
    });
});
