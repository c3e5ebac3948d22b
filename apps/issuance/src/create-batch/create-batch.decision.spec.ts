import { describe, expect, it } from '@jest/globals';
import { decideBatch } from './create-batch.decision.js';
import type { BookletSize } from '../voucher-range.decision.js';

describe('a batch', () => {
  it.each<[string, number, number | null, number]>([
    ['is the whole order unless less is asked', 0, null, 10],
    ['may be a part of the order', 0, 4, 4],
    ['is by default what earlier batches left', 4, null, 6],
    ['may be the last voucher', 9, 1, 1],
  ])('%s', (_, mintedCount, asked, count) => {
    expect(decideBatch({ count: 10, mintedCount }, { count: asked, bookletSize: null })).toMatchObject({ count });
  });

  it.each<[string, number, number | null]>([
    ['never goes beyond the order', 0, 11],
    ['never goes beyond what is left', 4, 7],
    ['is not made of nothing', 10, null],
  ])('%s', (_, mintedCount, asked) => {
    expect(decideBatch({ count: 10, mintedCount }, { count: asked, bookletSize: null })).toEqual({
      kind: 'rejected', code: 'order_fully_minted', details: { orderedCount: 10, mintedCount },
    });
  });

  it('needs an order', () => {
    expect(decideBatch(undefined, { count: null, bookletSize: null })).toMatchObject({ code: 'order_not_found' });
  });

  it.each<[number, BookletSize | null, BookletSize]>([[40, null, 10], [35, null, 5], [33, null, 1], [40, 5, 5], [40, 1, 1]])(
    'of %i vouchers, asked in booklets of %s, is in booklets of %i', (count, bookletSize, chosen) => {
      expect(decideBatch({ count: 40, mintedCount: 0 }, { count, bookletSize })).toEqual({ count, bookletSize: chosen });
    });

  it('has no booklet that is not full', () => {
    expect(decideBatch({ count: 40, mintedCount: 0 }, { count: 35, bookletSize: 10 })).toEqual({
      kind: 'rejected', code: 'booklet_incomplete', details: { count: 35, bookletSize: 10 },
    });
  });
});
