import { describe, expect, it } from '@jest/globals';
import { idOf, type DeliveryOutcomeId } from '#libs/kernel';
import type { Piece } from '../holding.decision.js';
import { decideRow, type LaidRow } from './hand-over-row.decision.js';

const uuid = (last: string) => `01900000-0000-7000-8000-${last.padStart(12, '0')}`;
const [BATCH, OWN, OTHER] = [idOf('batch', uuid('b')), idOf('distributor', uuid('d1')), idOf('distributor', uuid('d2'))];
const range = { first: 10, last: 19 };
const piece = (over: Partial<Piece> = {}): Piece => ({
  batchId: BATCH, range, place: 'stock', distributorId: OWN, agentId: null, documentId: uuid('c'),
  holding: { id: uuid('e'), batchCount: 100, first: 0, last: 99 }, ...over,
});
const row = (found: Piece, stopped?: typeof range, bar?: LaidRow['bar']): LaidRow => ({
  scanned: { batchId: BATCH, range }, pieces: [found], bar,
  leaving: {
    batchId: BATCH, range, stopped,
    received: found.place === 'stock' && found.distributorId === OWN
      ? [{ range, piece: found, receipt: { deliveryOutcomeId: uuid('c') as DeliveryOutcomeId, first: 0, last: 99 } }] : [],
  },
});

describe('a row of a list of hand-overs', () => {
  it.each<[string, LaidRow, (typeof range)[], object]>([
    ['is handed over', row(piece()), [{ first: 20, last: 29 }], { outcome: 'imported', code: 'handed_over', parts: [{ position: 0, range }] }],
    ['was handed over before', row(piece({ place: 'handed_over', documentId: uuid('7') })), [], { outcome: 'unchanged', code: 'handed_over_before', handOverId: uuid('7') }],
    ['is in the file twice', row(piece()), [{ first: 19, last: 19 }], { outcome: 'refused', code: 'row_repeated' }],
    ['was handed over by another', row(piece({ place: 'handed_over', distributorId: OTHER })), [], { outcome: 'refused', code: 'not_in_stock' }],
    ['is in another stock', row(piece({ distributorId: OTHER })), [], { outcome: 'refused', code: 'not_in_stock' }],
    ['has ended', row(piece(), undefined, 'ended'), [], { outcome: 'refused', code: 'ended' }],
    ['was handed over before it ended', row(piece({ place: 'handed_over' }), undefined, 'ended'), [], { outcome: 'unchanged' }],
    ['is of a cancelled order', row(piece(), undefined, 'cancelled'), [], { outcome: 'refused', code: 'cancelled' }],
    ['is stopped', row(piece(), { first: 12, last: 12 }), [], { outcome: 'refused', code: 'stopped' }],
  ])('%s', (_, laid, taken, expected) => {
    expect(decideRow(laid, OWN, taken.map((one) => ({ batchId: BATCH, range: one })))).toMatchObject(expected);
  });
});
