import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countOf, overlap, positionOfClash, rangeOf, without, type AskedRange, type Range } from './voucher-range.decision.js';

const BATCH = { count: 100, bookletSize: 10 };

describe('a range of 100 vouchers in booklets of 10', () => {
  it.each<[string, AskedRange, Range | undefined]>([
    ['is all of them unless less is asked', {}, { first: 0, last: 99 }],
    ['may begin later', { first: 40 }, { first: 40, last: 99 }],
    ['may be one voucher', { first: 7, last: 7 }, { first: 7, last: 7 }],
    ['may be the first booklet', { booklets: { first: 1, last: 1 } }, { first: 0, last: 9 }],
    ['may be the last two booklets', { booklets: { first: 9, last: 10 } }, { first: 80, last: 99 }],
    ['does not end before it begins', { first: 5, last: 4 }, undefined],
    ['does not go beyond the batch', { first: 0, last: 100 }, undefined],
    ['has no booklet 0', { booklets: { first: 0, last: 1 } }, undefined],
    ['has no booklet 11', { booklets: { first: 10, last: 11 } }, undefined],
  ])('%s', (_, asked, range) => {
    expect(rangeOf(asked, BATCH)).toEqual(range);
  });

  it('has loose vouchers for booklets of one', () => {
    expect(rangeOf({ booklets: { first: 3, last: 4 } }, { count: 7, bookletSize: 1 })).toEqual({ first: 2, last: 3 });
  });
});

const aRange = fc.tuple(fc.nat(60), fc.nat(12)).map(([first, more]) => ({ first, last: first + more }));
const indices = (ranges: readonly Range[]) =>
  ranges.flatMap((range) => Array.from({ length: countOf(range) }, (_, at) => range.first + at));

describe('what is left of a range', () => {
  it('is each index that was not taken, once and in order', () => {
    fc.assert(fc.property(aRange, fc.array(aRange, { maxLength: 6 }), (range, taken) => {
      const gone = new Set(indices(taken));
      expect(indices(without(range, taken))).toEqual(indices([range]).filter((index) => !gone.has(index)));
    }));
  });
});

describe('a clash', () => {
  it('is found exactly when two of the ranges overlap', () => {
    fc.assert(fc.property(fc.array(aRange, { maxLength: 8 }), (ranges) => {
      const clashes = ranges.some((one, at) => ranges.some((other, place) => place > at && overlap(one, other)));
      expect(positionOfClash(ranges) !== undefined).toBe(clashes);
    }));
  });
});
