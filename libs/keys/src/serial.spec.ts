import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRejected } from '#libs/kernel';
import { CROCKFORD } from './crockford.js';
import { BOOKLETS_PER_BATCH, parseSerial, Serials, SERIALS_PER_BATCH } from './serial.js';

const KEY = Buffer.from('11d39d5848600c615b8de51f9b6da8830a63d250e428c3a79bf732f8bce6e61a', 'hex');
const aKey = fc.uint8Array({ minLength: 32, maxLength: 32 });
const anIndex = fc.nat(SERIALS_PER_BATCH - 1);
const numberOf = (serial: string) => Number(serial.slice(9, 16));

describe('a serial', () => {
  it.each([
    // Computed apart, in another language, from the definition.
    [0, '6HKZ3EWG-7256769-P'],
    [1, '6HKZ3EWG-3570480-D'],
    [2, '6HKZ3EWG-8922929-Y'],
    [9_999_999, '6HKZ3EWG-5760816-9'],
  ])('of index %d is the same for ever', (index, serial) => {
    expect(new Serials(KEY).serialOf(index)).toBe(serial);
  });

  it('leads back to its index under its key, whatever the key', () => {
    fc.assert(fc.property(aKey, anIndex, (key, index) => {
      const serials = new Serials(key);
      const parts = parseSerial(serials.serialOf(index));
      if (isRejected(parts)) throw new Error(parts.code);
      expect(parts.label).toBe(serials.label);
      expect(serials.indexOf(parts.number)).toBe(index);
    }));
  });

  it('belongs to one voucher only: 300,000 indexes give as many numbers below ten million', () => {
    const serials = new Serials(KEY);
    const seen = new Uint8Array(SERIALS_PER_BATCH);
    let clashes = 0;
    for (let index = 0; index < 300_000; index += 1) {
      const number = numberOf(serials.serialOf(index));
      clashes += seen[number] ?? 1;
      seen[number] = 1;
    }
    expect(clashes).toBe(0);
  });

  it('says nothing of the neighbour: differences of following serials fall evenly on tenths of the range', () => {
    const serials = new Serials(KEY);
    const tenths = new Array<number>(10).fill(0);
    for (let index = 0; index < 100_000; index += 1) {
      const difference = numberOf(serials.serialOf(index + 1)) - numberOf(serials.serialOf(index)) + SERIALS_PER_BATCH;
      const tenth = Math.floor(((difference % SERIALS_PER_BATCH) / SERIALS_PER_BATCH) * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    // 10,000 are expected in each; six standard deviations are 569.
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(569);
  });

  it('does not exist outside a batch of ten million', () => {
    expect(() => new Serials(KEY).serialOf(SERIALS_PER_BATCH)).toThrow(RangeError);
    expect(() => new Serials(KEY).serialOf(-1)).toThrow(RangeError);
    expect(() => new Serials(KEY).indexOf(SERIALS_PER_BATCH)).toThrow(RangeError);
  });
});

describe('a booklet number', () => {
  const serials = new Serials(KEY);

  it('counts from 1 under the label of its batch', () => {
    expect([0, 1, 59_999].map((booklet) => serials.bookletNumberOf(booklet).slice(0, 16))).toEqual([
      '6HKZ3EWG-B000001', '6HKZ3EWG-B000002', '6HKZ3EWG-B060000',
    ]);
  });

  it('is never taken for a serial', () => {
    expect(parseSerial(serials.bookletNumberOf(0))).toMatchObject({ code: 'wrong_character', details: { position: 9 } });
  });

  it('has a check character that no other digit in its place would give', () => {
    const [, number, check] = serials.bookletNumberOf(41).split('-');
    const others = Array.from({ length: 10 }, (_, digit) => `B00004${digit}`).filter((other) => other !== number);
    expect(others.map((other) => serials.bookletNumberOf(Number(other.slice(1)) - 1).at(-1))).not.toContain(check);
  });

  it('does not exist beyond six digits', () => {
    for (const booklet of [-1, 0.5, BOOKLETS_PER_BATCH - 1]) expect(() => serials.bookletNumberOf(booklet)).toThrow(RangeError);
  });
});

describe('a serial that people say', () => {
  const serial = new Serials(KEY).serialOf(0);

  it('is read in small letters, without dashes, and with O, I and L for 0 and 1', () => {
    const spoken = serial.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    expect(parseSerial(spoken)).toEqual({ serial, label: serial.slice(0, 8), number: numberOf(serial) });
  });

  it('is refused with any one wrong character and with any two neighbours swapped', () => {
    const passed: string[] = [];
    const plain = serial.replaceAll('-', '');
    for (let at = 0; at < plain.length; at += 1) {
      const swapped = plain.slice(0, at) + plain.charAt(at + 1) + plain.charAt(at) + plain.slice(at + 2);
      const others = [...CROCKFORD].map((character) => plain.slice(0, at) + character + plain.slice(at + 1));
      for (const wrong of [swapped, ...others]) {
        if (wrong !== plain && !isRejected(parseSerial(wrong))) passed.push(wrong);
      }
    }
    expect(passed).toEqual([]);
  });

  it.each([
    ['', 'wrong_length'],
    ['ABCDEFGH-0000001', 'wrong_length'],
    ['x'.repeat(81), 'wrong_length'],
    ['ABCDEFGH-00000A1-0', 'wrong_character'],
    ['ABCDEFGU-0000001-0', 'wrong_character'],
  ])('%s is %s', (text, code) => {
    expect(parseSerial(text)).toMatchObject({ kind: 'rejected', code });
  });
});
