import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRejected } from '#libs/kernel';
import { deriveCode, normaliseCode } from '#libs/keys';
import { asTyped, grouped, readCode } from './voucher-code.js';

const aCode = fc.tuple(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.nat()).map(([key, index]) => deriveCode(key, index));

/** As the server reads it. */
function onTheServer(text: string) {
  const code = normaliseCode(text);
  return isRejected(code) ? { ok: false, problem: code.code, ...code.details } : { ok: true, code };
}

describe('a code in the browser', () => {
  it('is read as the server reads it, whatever is typed', () => {
    const typed = fc.oneof(
      aCode, aCode.map(grouped), aCode.map((code) => `https://pass.example/v#${grouped(code).toLowerCase()}`),
      fc.tuple(aCode, fc.nat(17), fc.constantFrom(...'0OILU1Z-é ')).map(([code, at, wrong]) => code.slice(0, at) + wrong + code.slice(at + 1)),
      fc.tuple(aCode, fc.nat(18)).map(([code, length]) => code.slice(0, length)), fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.string({ minLength: 505, maxLength: 520 }),
    );
    fc.assert(fc.property(typed, (text) => { expect(readCode(text)).toEqual(onTheServer(text)); }), { numRuns: 2_000 });
  });

  it.each([
    ['kw6d', 'KW6D'], ['kw6dk', 'KW6D-K'], ['KW6D-', 'KW6D'], ['KW6DKEAOJZZ4JACH4H', 'KW6D-KEA0-JZZ4-JACH-4H'],
    ['https://pass.example/v#KW6D-KEA0', 'KW6D-KEA0'], ['a word: none', 'a word: none'], ['KW6DKEA0JZZ4JACH4HX', 'KW6DKEA0JZZ4JACH4HX'],
  ])('shows %s as %s while it is typed', (typed, shown) => {
    expect(asTyped(typed)).toBe(shown);
  });
});
