import { describe, expect, it } from '@jest/globals';
import { idOf } from '#libs/kernel';
import type { Piece } from '../holding.decision.js';
import { decideLoss } from './lose-stock.decision.js';

const uuid = (last: string) => `01900000-0000-7000-8000-${last.padStart(12, '0')}`;
const [OWN, OTHER] = [idOf('distributor', uuid('d1')), idOf('distributor', uuid('d2'))];
const BATCH = { count: 100, bookletSize: 10, state: 'loaded' };
const piece = (over: Partial<Piece>): Piece => ({
  batchId: idOf('batch', uuid('b')), range: { first: 10, last: 19 }, place: 'stock', distributorId: OWN, agentId: null, documentId: null,
  holding: { id: uuid('e'), batchCount: 100, first: 0, last: 99 }, ...over,
});
const asked = { first: 10, last: 19 };
const rest = [{ first: 0, last: 99 }];

describe('a loss', () => {
  it.each([
    ['out of one\'s own stock, at whatever desk', OWN, piece({ agentId: idOf('agent', uuid('a')) }), rest, false],
    ['of what the operator has', null, piece({ place: 'returned', distributorId: null }), rest, false],
    ['of the last that was at the printer', null, piece({ place: 'printer', distributorId: null }), [asked], true],
    ['of what left the operator long ago', null, piece({ place: 'returned', distributorId: null }), [], false],
  ])('%s is noted', (_, who, found, unsettled, endsKey) => {
    expect(decideLoss(BATCH, asked, who, { pieces: [found], unsettled })).toEqual({ range: asked, endsKey });
  });

  it.each<[string, typeof OWN | null, Partial<Piece>, object | undefined, object, string]>([
    ['of an unknown batch', OWN, {}, undefined, asked, 'batch_not_found'],
    ['beyond the batch', OWN, {}, BATCH, { first: 90, last: 100 }, 'range_outside_batch'],
    ['before redemption knows them', null, { place: 'printer' }, { ...BATCH, state: 'minted' }, asked, 'batch_not_loaded'],
    ['of a stranger\'s stock', OWN, { distributorId: OTHER }, BATCH, asked, 'range_not_in_stock'],
    ['by the operator of what a distributor has', null, {}, BATCH, asked, 'range_not_in_stock'],
    ['by a distributor of what the operator has', OWN, { place: 'returned', distributorId: null }, BATCH, asked, 'range_not_in_stock'],
    ['of what a citizen has', OWN, { place: 'handed_over' }, BATCH, asked, 'range_not_in_stock'],
    ['of what is under way', OWN, { place: 'under_way' }, BATCH, asked, 'range_not_in_stock'],
    ['of what is lost', OWN, { place: 'lost' }, BATCH, asked, 'range_not_in_stock'],
  ])('%s is refused', (...[, who, over, batch, range, code]) => {
    expect(decideLoss(batch as typeof BATCH | undefined, range, who, { pieces: [piece(over)], unsettled: rest })).toMatchObject({ kind: 'rejected', code });
  });
});
