import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents } from '#libs/kernel';
import { formatAmount, parseAmount } from './decimal-amount.js';

describe('a decimal amount', () => {
  it.each([
    ['474.4', 47440n],
    ['474.40', 47440n],
    ['0', 0n],
    ['0.01', 1n],
    ['.5', 50n],
    ['5.', 500n],
    ['+7.00', 700n],
    ['12.50000', 1250n],
    ['100.00000', 10000n],
    ['999999999999999999.99', 99999999999999999999n],
  ])('%s is %d cents, exactly', (text, amountCents) => {
    expect(parseAmount(text)).toBe(amountCents);
  });

  it.each(['', '.', '1.234', '1.00001', '-1', '1,50', '1e3', '0x10', '1 000', '1.2.3', 'NaN', '1234567890123456789'])(
    '%s is none', (text) => {
      expect(parseAmount(text)).toBeUndefined();
    });

  it('comes back from its own text', () => {
    fc.assert(fc.property(fc.bigInt(0n, 10n ** 18n), (value) => {
      expect(parseAmount(formatAmount(cents(value)))).toBe(value);
    }));
    expect(formatAmount(cents(5))).toBe('0.05');
    expect(() => formatAmount(cents(-1))).toThrow(RangeError);
  });
});
