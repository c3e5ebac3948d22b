import { describe, expect, it } from '@jest/globals';
import { idOf } from '#libs/kernel';
import { decideHandOver, decideRanges, type Leaving } from './hand-over.decision.js';

const [BATCH, OTHER] = [idOf('batch', '01900000-0000-7000-8000-000000000001'), idOf('batch', '01900000-0000-7000-8000-000000000002')];
const range = (first: number, last: number) => ({ first, last });
const received = (first: number, last: number) => ({ range: range(first, last) });
const leaving = (first: number, last: number, over: Partial<Leaving<{ range: { first: number; last: number } }>> = {}) =>
  ({ batchId: BATCH, range: range(first, last), received: [received(0, 99)], stopped: undefined, ...over });

describe('a hand-over', () => {
  it('takes its range out of what was received', () => {
    expect(decideHandOver([leaving(10, 19), leaving(20, 20)])).toEqual([
      { position: 0, range: range(10, 19), from: received(0, 99) }, { position: 1, range: range(20, 20), from: received(0, 99) },
    ]);
  });

  it('of what came in two deliveries leaves in two parts', () => {
    expect(decideHandOver([leaving(5, 24, { received: [received(0, 9), received(10, 49)] })])).toEqual([
      { position: 0, range: range(5, 9), from: received(0, 9) }, { position: 0, range: range(10, 24), from: received(10, 49) },
    ]);
  });

  it('may name the same indices of two batches', () => {
    expect(decideHandOver([leaving(0, 9), leaving(0, 9, { batchId: OTHER })])).toHaveLength(2);
  });

  it.each([
    ['was never received', leaving(0, 9, { received: [] })],
    ['was received in part', leaving(0, 9, { received: [received(0, 4), received(6, 9)] })],
    ['is in the list already', leaving(28, 37)],
  ])('of what %s is refused, with its place in the list', (_, wrong) => {
    expect(decideHandOver([leaving(20, 29), wrong])).toMatchObject({ code: 'range_not_in_stock', details: { position: 1, ...wrong.range } });
  });
});

describe('a hand-over of stopped vouchers', () => {
  it('is refused, with the place in the list and the first of them', () => {
    expect(decideHandOver([leaving(20, 29), leaving(30, 39, { stopped: range(33, 34) })])).toMatchObject({
      code: 'range_stopped', details: { position: 1, first: 33, last: 34 },
    });
  });
});

describe('the ranges of a list', () => {
  const batches = new Map([[BATCH, { count: 100, bookletSize: 10 }]]);

  it('are named by booklets or by indices', () => {
    expect(decideRanges([{ batchId: BATCH, booklets: range(1, 2) }, { batchId: BATCH, ...range(30, 31) }], batches)).toEqual([
      { batchId: BATCH, range: range(0, 19) }, { batchId: BATCH, range: range(30, 31) },
    ]);
  });

  it('are of batches that exist, and within them', () => {
    expect(decideRanges([{ batchId: BATCH, ...range(0, 100) }, { batchId: OTHER }], batches)).toMatchObject({ code: 'batch_not_found', details: { position: 1 } });
    expect(decideRanges([{ batchId: BATCH, ...range(0, 100) }], batches)).toMatchObject({ code: 'range_outside_batch', details: { position: 0, count: 100 } });
  });
});
