// The two public check characters of a voucher code, computed in the field of 32 elements (x^5 + x^2 + 1). A code of 16
// payload and 2 check characters is a word of a Reed-Solomon code with distance 3, so that it catches **every** one or
// two wrong characters, and with them every swap of two characters, near or far. Anything else passes once in 1,024:
// also a character that moved, because neither root is 1 (a sum without weights would not see a change of order).
import { CROCKFORD, crockfordValue } from './crockford.js';

const REDUCE = 0b100101; // x^5 + x^2 + 1

/** Multiplication by the generator `x` of the field. */
const timesX = (value: number): number => (value & 16 ? (value << 1) ^ REDUCE : value << 1);

function times(a: number, b: number): number {
  let product = 0;
  let shifted = a;
  for (let rest = b; rest > 0; rest >>= 1) {
    if (rest & 1) product ^= shifted;
    shifted = timesX(shifted);
  }
  return product;
}

const TIMES_6 = Uint8Array.from({ length: 32 }, (_, value) => times(value, 6));
const TIMES_8 = Uint8Array.from({ length: 32 }, (_, value) => times(value, 8));

/** The remainder of the payload, as a polynomial, by (z + x)(z + x²) = z² + 6z + 8: two characters. */
export function checkCharacters(payload: string): string {
  let high = 0;
  let low = 0;
  for (const character of payload) {
    const value = crockfordValue(character);
    if (value === undefined) throw new RangeError('a payload is made of Crockford characters');
    const lead = high ^ value;
    high = low ^ (TIMES_6[lead] ?? 0);
    low = TIMES_8[lead] ?? 0;
  }
  return CROCKFORD.charAt(high) + CROCKFORD.charAt(low);
}
