import { describe, expect, it } from '@jest/globals';
import { decideBatch } from './create-batch.decision.js';

describe('a batch', () => {
  it.each<[string, number, number | null, number]>([
    ['is the whole order unless less is asked', 0, null, 10],
    ['may be a part of the order', 0, 4, 4],
    ['is by default what earlier batches left', 4, null, 6],
    ['may be the last voucher', 9, 1, 1],
  ])('%s', (_, mintedCount, asked, count) => {
    expect(decideBatch({ count: 10, mintedCount }, asked)).toEqual({ count });
  });

  it.each<[string, number, number | null]>([
    ['never goes beyond the order', 0, 11],
    ['never goes beyond what is left', 4, 7],
    ['is not made of nothing', 10, null],
  ])('%s', (_, mintedCount, asked) => {
    expect(decideBatch({ count: 10, mintedCount }, asked)).toEqual({
      kind: 'rejected', code: 'order_fully_minted', details: { orderedCount: 10, mintedCount },
    });
  });

  it('needs an order', () => {
    expect(decideBatch(undefined, null)).toMatchObject({ code: 'order_not_found' });
  });
});
