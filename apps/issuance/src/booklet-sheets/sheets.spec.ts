import { describe, expect, it } from '@jest/globals';
import { pagesOf } from './sheets.js';

describe('the pages of sheets', () => {
  it.each<[string, number, [number, number], [number, number][]]>([
    ['have a booklet of ten each', 10, [0, 19], [[0, 9], [10, 19]]],
    ['have a booklet of five each', 5, [5, 14], [[5, 9], [10, 14]]],
    ['begin and end within a booklet where the range does', 10, [17, 31], [[17, 19], [20, 29], [30, 31]]],
    ['are filled with loose vouchers', 1, [3, 15], [[3, 12], [13, 15]]],
    ['are one for one voucher', 10, [99, 99], [[99, 99]]],
  ])('%s', (_, bookletSize, [first, last], pages) => {
    expect(pagesOf({ range: { first, last }, bookletSize })).toEqual(pages.map(([from, to]) => ({ first: from, last: to })));
  });
});
