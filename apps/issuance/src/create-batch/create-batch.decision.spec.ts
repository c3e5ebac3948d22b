import { describe, expect, it } from '@jest/globals';
import { isRejected } from '#libs/kernel';
import { decideBatch, type MintableOrder } from './create-batch.decision.js';
import type { BookletSize } from '../voucher-range.decision.js';

const order = (count: number, mintedCount: number, over: Partial<MintableOrder> = {}): MintableOrder =>
  ({ count, mintedCount, paper: false, isProofApproved: false, isCancelled: false, ...over });

describe('a batch', () => {
  it.each<[string, number, number | null, number]>([
    ['is the whole order unless less is asked', 0, null, 10],
    ['may be a part of the order', 0, 4, 4],
    ['is by default what earlier batches left', 4, null, 6],
    ['may be the last voucher', 9, 1, 1],
  ])('%s', (_, mintedCount, asked, count) => {
    expect(decideBatch(order(10, mintedCount), { count: asked, bookletSize: null })).toMatchObject({ count });
  });

  it.each<[string, number, number | null]>([
    ['never goes beyond the order', 0, 11],
    ['never goes beyond what is left', 4, 7],
    ['is not made of nothing', 10, null],
  ])('%s', (_, mintedCount, asked) => {
    expect(decideBatch(order(10, mintedCount), { count: asked, bookletSize: null })).toEqual({
      kind: 'rejected', code: 'order_fully_minted', details: { orderedCount: 10, mintedCount },
    });
  });

  it.each<[string, Partial<MintableOrder>, string | null]>([
    ['is not made for an order that is cancelled', { isCancelled: true, paper: true }, 'order_cancelled'],
    ['is not printed before its proof is approved', { paper: true }, 'proof_not_approved'],
    ['is printed once it is', { paper: true, isProofApproved: true }, null],
  ])('%s', (_, over, code) => {
    const outcome = decideBatch(order(10, 0, over), { count: null, bookletSize: null });
    expect(isRejected(outcome) ? outcome.code : null).toBe(code);
  });

  it('needs an order', () => {
    expect(decideBatch(undefined, { count: null, bookletSize: null })).toMatchObject({ code: 'order_not_found' });
  });

  it.each<[number, BookletSize | null, BookletSize]>([[40, null, 10], [35, null, 5], [33, null, 1], [40, 5, 5], [40, 1, 1]])(
    'of %i vouchers, asked in booklets of %s, is in booklets of %i', (count, bookletSize, chosen) => {
      expect(decideBatch(order(40, 0), { count, bookletSize })).toEqual({ count, bookletSize: chosen });
    });

  it('has no booklet that is not full', () => {
    expect(decideBatch(order(40, 0), { count: 35, bookletSize: 10 })).toEqual({
      kind: 'rejected', code: 'booklet_incomplete', details: { count: 35, bookletSize: 10 },
    });
  });
});
