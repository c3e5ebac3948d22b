import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRejected } from '#libs/kernel';
import { checkCharacters } from './check-characters.js';
import { codeMac } from './code-mac.js';
import { CROCKFORD } from './crockford.js';
import { codeUrl, deriveCode, normaliseCode, printCode } from './voucher-code.js';

const BATCH_KEY = Uint8Array.from({ length: 32 }, (_, at) => at);
const aCode = fc.tuple(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.nat()).map(([key, index]) => deriveCode(key, index));
const right = (code: string) => checkCharacters(code.slice(0, 16)) === code.slice(16);
const replaced = (code: string, at: number, character: string) => code.slice(0, at) + character + code.slice(at + 1);

describe('a derived code', () => {
  it.each([
    // Computed apart, in another language, from the definition.
    [0, 'KW6DKEA0JZZ4JACH4H'],
    [1, 'RGSE0PE3F3QFFZHFZ0'],
    [9_999_999, '906XBKWW1SSZ2HAR69'],
    [2 ** 40, '1XWK0XZ19TE9RH6F7Y'],
  ])('at index %d is the same for ever', (index, code) => {
    expect(deriveCode(BATCH_KEY, index)).toBe(code);
  });

  it.each([-1, 0.5, 2 ** 53, Number.NaN])('does not exist for index %d', (index) => {
    expect(() => deriveCode(BATCH_KEY, index)).toThrow(RangeError);
  });

  it('is printed in groups and stands behind a fragment in the QR', () => {
    const code = deriveCode(BATCH_KEY, 0);
    expect(printCode(code)).toBe('KW6D-KEA0-JZZ4-JACH-4H');
    expect(codeUrl('pass.example', code)).toBe('https://pass.example/v#KW6D-KEA0-JZZ4-JACH-4H');
  });

  it('is unlike every other among 100,000 of two batches', () => {
    const otherKey = Uint8Array.from(BATCH_KEY, (byte) => byte ^ 1);
    const codes = new Set<string>();
    for (let index = 0; index < 50_000; index += 1) {
      codes.add(deriveCode(BATCH_KEY, index).slice(0, 16)).add(deriveCode(otherKey, index).slice(0, 16));
    }
    expect(codes.size).toBe(100_000);
  });

  it('uses the 32 characters evenly at every place', () => {
    const counts = Array.from({ length: 18 }, () => new Map<string, number>());
    for (let index = 0; index < 32_000; index += 1) {
      [...deriveCode(BATCH_KEY, index)].forEach((character, at) => {
        counts[at]?.set(character, (counts[at].get(character) ?? 0) + 1);
      });
    }
    // 1,000 are expected of each; six standard deviations are 187.
    for (const place of counts) {
      expect(place.size).toBe(32);
      for (const count of place.values()) expect(Math.abs(count - 1000)).toBeLessThan(187);
    }
  });
});

describe('the two check characters', () => {
  it('are 00 for a payload of zeros and G8 for one of Zs', () => {
    expect(checkCharacters('0'.repeat(16))).toBe('00');
    expect(checkCharacters('Z'.repeat(16))).toBe('G8');
  });

  // The code is linear: whether an error passes depends on the error alone. Laid over the word of zeros, which is right,
  // every pattern of one or two wrong characters is tried: this is all of them, for all codes.
  it('catch every single wrong character (558 patterns) and every pair of them (147,033 patterns)', () => {
    const zeros = '0'.repeat(18);
    let tried = 0;
    const passed: string[] = [];
    const attempt = (word: string) => {
      tried += 1;
      if (right(word)) passed.push(word);
    };
    for (let at = 0; at < 18; at += 1) {
      for (const first of CROCKFORD.slice(1)) {
        const word = replaced(zeros, at, first);
        attempt(word);
        for (let other = at + 1; other < 18; other += 1) {
          for (const second of CROCKFORD.slice(1)) attempt(replaced(word, other, second));
        }
      }
    }
    expect(tried).toBe(558 + 147_033);
    expect(passed).toEqual([]);
  });

  it('are linear, which is what makes the exhaustive case above a proof', () => {
    const payload = fc.array(fc.nat(31), { minLength: 16, maxLength: 16 });
    const text = (values: readonly number[]) => values.map((value) => CROCKFORD.charAt(value)).join('');
    const xor = (a: string, b: string) => text([...a].map((c, at) => CROCKFORD.indexOf(c) ^ CROCKFORD.indexOf(b.charAt(at))));
    fc.assert(fc.property(payload, payload, (a, b) => {
      expect(checkCharacters(xor(text(a), text(b)))).toBe(xor(checkCharacters(text(a)), checkCharacters(text(b))));
    }));
  });

  it('catch every swap of two unlike characters, neighbours or not', () => {
    fc.assert(fc.property(aCode, fc.nat(17), fc.nat(17), (code, at, other) => {
      const swapped = replaced(replaced(code, at, code.charAt(other)), other, code.charAt(at));
      expect(right(swapped)).toBe(swapped === code);
    }), { numRuns: 2000 });
  });

  it('let about one in 1,024 of other mistakes pass: a character left out and one too many elsewhere, or moved', () => {
    let tried = 0;
    let passed = 0;
    for (let index = 0; index < 1500; index += 1) {
      const code = deriveCode(BATCH_KEY, index);
      for (let from = 0; from < 18; from += 2) {
        const rest = code.slice(0, from) + code.slice(from + 1);
        const to = (from * 7 + index) % 18;
        for (const inserted of [code.charAt(from), CROCKFORD.charAt(index % 32)]) {
          const mistyped = rest.slice(0, to) + inserted + rest.slice(to);
          if (mistyped === code) continue;
          tried += 1;
          if (right(mistyped)) passed += 1;
        }
      }
    }
    expect(tried).toBeGreaterThan(25_000);
    expect(passed / tried).toBeLessThan(1.5 / 1024);
  });
});

describe('a code that people type', () => {
  it.each([
    ['KW6D-KEA0-JZZ4-JACH-4H', 'as printed'],
    ['kw6d kea0 jzz4 jach 4h', 'in small letters and with blanks'],
    ['  KW6DKEAOJZZ4JACH4H\n', 'with a letter O for the zero'],
    ['KW6D\u2011KEA0\u202FJZZ4\u00A0JACH\u20144H', 'with the dashes and blanks of a word processor'],
    ['ＫＷ６Ｄ-ＫＥＡ０-JZZ4-JACH-4H', 'in full-width characters'],
    ['https://pass.example/v#KW6D-KEA0-JZZ4-JACH-4H', 'as the whole address of the QR'],
    ['HTTPS://PASS.EXAMPLE/V#kw6dkea0jzz4jach4h', 'as an address from a hand scanner in capitals'],
  ])('is read: %s (%s)', (typed) => {
    expect(normaliseCode(typed)).toBe('KW6DKEA0JZZ4JACH4H');
  });

  it('is read with I and L for 1', () => {
    expect(normaliseCode('lXWK-0XZi-9TE9-RH6F-7Y')).toBe('1XWK0XZ19TE9RH6F7Y');
  });

  it.each([
    ['', 'wrong_length', { length: 0 }],
    ['KW6D-KEA0-JZZ4-JACH', 'wrong_length', { length: 16 }],
    ['KW6D-KEA0-JZZ4-JACH-4HH', 'wrong_length', { length: 19 }],
    ['https://pass.example/v#', 'wrong_length', { length: 0 }],
    ['x'.repeat(513), 'wrong_length', { length: 513 }],
    ['KW6D-KEA0-JZU4-JACH-4H', 'wrong_character', { position: 11 }],
    ['KW6D-KEA0-JZ*4-JACH', 'wrong_character', { position: 11 }],
    ['https://pass.example/v', 'wrong_character', { position: 6 }],
    ['KW6D-KEA0-JZZ4-JACH-4J', 'wrong_check', {}],
    ['KW6D-KEA0-JZ4Z-JACH-4H', 'wrong_check', {}],
  ])('is refused: %s is %s', (typed, code, details) => {
    expect(normaliseCode(typed)).toEqual({ kind: 'rejected', code, details });
  });

  it('never comes back in a refusal', () => {
    fc.assert(fc.property(aCode, fc.nat(17), fc.constantFrom(...CROCKFORD, 'U', '!'), (code, at, character) => {
      const outcome = normaliseCode(replaced(code, at, character));
      if (isRejected(outcome)) expect(JSON.stringify(outcome)).not.toMatch(/[0-9A-Z]{3,}/);
      else expect(outcome).toBe(code);
    }));
  });

  it('gives a code or a refusal for any text whatever', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), (text) => {
      const outcome = normaliseCode(text);
      expect(isRejected(outcome) || right(outcome)).toBe(true);
    }));
  });
});

describe('the hash of a code', () => {
  const pepper = Uint8Array.from({ length: 32 }, (_, at) => at + 32);

  it('is 128 bits of HMAC-SHA-256 over the 16 payload characters, in the shape of a uuid', () => {
    expect(codeMac(pepper, deriveCode(BATCH_KEY, 0))).toBe('14ce1444-ff2c-e857-d8f1-55382ebf15e9');
  });

  it('differs under another pepper', () => {
    const other = pepper.map((byte) => byte ^ 128);
    expect(codeMac(other, deriveCode(BATCH_KEY, 0))).not.toBe(codeMac(pepper, deriveCode(BATCH_KEY, 0)));
  });
});
