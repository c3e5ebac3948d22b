import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, isCanonical } from './index.js';

const seed = Number.parseInt(process.env.MEREAU_SEED ?? '20261122', 10);

describe('canonical JSON', () => {
  it.each<[string, unknown, string]>([
    ['fields by their name', { b: 1, a: { d: 1, c: 2 } }, '{"a":{"c":2,"d":1},"b":1}'],
    // The example of RFC 8785, 3.2.3.
    ['names by UTF-16 units', { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 },
      '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}'],
    ['numbers as ECMAScript does', [333333333.33333329, 1e30, 4.50, 2e-3, 1e-27, -0], '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]'],
    ['short escapes where there are', '\u20ac$\u000f\nA\u0027B"\\\u007f/', '"\u20ac$\\u000f\\nA\u0027B\\"\\\\\u007f/"'],
    ['nothing as null', [null, undefined, true, false, ''], '[null,null,true,false,""]'],
  ])('writes %s', (_what, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it('is told from any other text of the same value, also where names look like numbers', () => {
    const names = fc.oneof(fc.string(), fc.nat(20).map(String), fc.constantFrom('a', 'b', '__proto__'));
    const values = fc.letrec((tie) => ({ value: fc.oneof(fc.jsonValue(), fc.dictionary(names, tie('value'), { maxKeys: 4 }), fc.array(tie('value'), { maxLength: 3 })) })).value;
    fc.assert(fc.property(values, (value) => {
      for (const text of [JSON.stringify(value), canonicalJson(value), JSON.stringify(value, null, 1)]) {
        const read = JSON.parse(text) as unknown;
        expect(isCanonical(read, text)).toBe(canonicalJson(read) === text);
      }
    }), { seed, numRuns: 500 });
  });

  it('is equal exactly where the values are equal', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const copy = JSON.parse(JSON.stringify(a)) as unknown;
      expect(canonicalJson(copy)).toBe(canonicalJson(a));
      expect(JSON.parse(canonicalJson(a))).toEqual(copy);
      const same = isDeepStrictEqual(copy, JSON.parse(JSON.stringify(b)));
      expect(canonicalJson(a) === canonicalJson(b)).toBe(same);
    }), { seed, numRuns: 500 });
  });
});
