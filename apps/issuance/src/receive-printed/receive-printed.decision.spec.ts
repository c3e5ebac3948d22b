import { describe, expect, it } from '@jest/globals';
import { idOf } from '#libs/kernel';
import type { Piece } from '../holding.decision.js';
import { decidePrinted } from './receive-printed.decision.js';

const BATCH = { count: 100, bookletSize: 10 };
const piece = (first: number, last: number, place: Piece['place'] = 'printer'): Piece => {
  const batchId = idOf('batch', '01900000-0000-7000-8000-000000000001');
  const holding = { id: batchId, batchCount: 100, first: 0, last: 99 };
  return { batchId, range: { first, last }, place, distributorId: null, agentId: null, documentId: null, holding };
};
const ready = { pieces: [piece(0, 99)], isPrinted: true };

describe('what comes from the printer', () => {
  it('is all of a batch, or a part of it', () => {
    expect(decidePrinted(BATCH, {}, ready)).toEqual({ first: 0, last: 99 });
    expect(decidePrinted(BATCH, { booklets: { first: 2, last: 2 } }, ready)).toEqual({ first: 10, last: 19 });
  });

  it.each<[string, typeof BATCH | undefined, object, object, string, object]>([
    ['of no batch', undefined, {}, {}, 'batch_not_found', {}],
    ['beyond the batch', BATCH, { last: 100 }, {}, 'range_outside_batch', { count: 100 }],
    ['that was never written out', BATCH, {}, { isPrinted: false }, 'range_not_printed', {}],
    ['that left it before', BATCH, {}, { pieces: [piece(0, 49), piece(50, 99, 'under_way')] }, 'range_not_at_printer', { first: 50, last: 99 }],
  ])('is nothing %s', (...[, batch, asked, over, code, details]) => {
    expect(decidePrinted(batch, asked, { ...ready, ...over })).toEqual({ kind: 'rejected', code, details });
  });
});
