import { describe, expect, it } from '@jest/globals';
import { idOf } from '#libs/kernel';
import type { Piece } from '../holding.decision.js';
import { decideTransfer, type Goal, type Standing } from './transfer-stock.decision.js';

const uuid = (last: string) => `01900000-0000-7000-8000-${last.padStart(12, '0')}`;
const [BATCH, OWN, OTHER] = [idOf('batch', uuid('b')), idOf('distributor', uuid('d1')), idOf('distributor', uuid('d2'))];
const [DESK, OTHER_DESK] = [idOf('agent', uuid('a1')), idOf('agent', uuid('a2'))];
const piece = (first: number, last: number, over: Partial<Piece> = {}): Piece => ({
  batchId: BATCH, range: { first, last }, place: 'stock', distributorId: OWN, agentId: null, documentId: uuid('c'),
  holding: { id: uuid('e'), batchCount: 100, first: 0, last: 99 }, ...over,
});
const READY: Standing = { goalExists: true, pieces: [piece(10, 19)], stopped: undefined };
const asked = { first: 10, last: 19 };
const [toOther, toDesk, toOwn, toOperator]: Goal[] = [
  { kind: 'distributor', distributorId: OTHER }, { kind: 'agent', agentId: DESK }, { kind: 'own_stock' }, { kind: 'operator' },
];
type Over = Readonly<{ standing?: Standing; agentId?: typeof DESK | null; isUnknown?: boolean; range?: object }>;
const decide = (goal: Goal, { standing = READY, agentId = null, isUnknown = false, range = asked }: Over = {}) =>
  decideTransfer(
    isUnknown ? undefined : { count: 100, bookletSize: 10 }, { asked: range, from: { distributorId: OWN, agentId }, goal }, standing);

describe('a transfer', () => {
  it.each<[string, Goal, typeof DESK | null, object]>([
    ['to another distributor', toOther!, null, { kind: 'transfer', distributorId: OTHER, agentId: null, range: asked }],
    ['to a desk', toDesk!, null, { kind: 'transfer', distributorId: OWN, agentId: DESK }],
    ['from a desk to another', toDesk!, OTHER_DESK, { kind: 'transfer', distributorId: OWN, agentId: DESK }],
    ['from a desk into the own stock', toOwn!, DESK, { kind: 'transfer', distributorId: OWN, agentId: null }],
    ['back to the operator', toOperator!, null, { kind: 'return', distributorId: OWN, agentId: null }],
  ])('goes %s', (_, goal, agentId, expected) => {
    const standing = { ...READY, pieces: [piece(10, 14, { agentId }), piece(15, 19, { agentId })] };
    expect(decide(goal, { agentId, standing })).toMatchObject(expected);
  });

  it('of stopped vouchers goes back to the operator only', () => {
    const standing = { ...READY, stopped: { first: 12, last: 12 } };
    expect(decide(toOperator!, { standing })).toMatchObject({ kind: 'return' });
    expect(decide(toOther!, { standing })).toMatchObject({ code: 'range_stopped', details: { first: 12, last: 12 } });
  });

  it.each<[string, Goal, Over, string]>([
    ['of an unknown batch', toOther!, { isUnknown: true }, 'batch_not_found'],
    ['to nobody', toOther!, { standing: { ...READY, goalExists: false } }, 'distributor_not_found'],
    ['to a desk of another distributor', toDesk!, { standing: { ...READY, goalExists: false } }, 'agent_not_found'],
    ['beyond the batch', toOther!, { range: { first: 90, last: 100 } }, 'range_outside_batch'],
    ['from a stock into itself', toOwn!, {}, 'transfer_within_stock'],
    ['from a desk into itself', toDesk!, { agentId: DESK }, 'transfer_within_stock'],
    ['of what another has', toOther!, { standing: { ...READY, pieces: [piece(10, 14), piece(15, 19, { distributorId: OTHER })] } }, 'range_not_in_stock'],
    ['of what lies at a desk', toOther!, { standing: { ...READY, pieces: [piece(10, 19, { agentId: DESK })] } }, 'range_not_in_stock'],
    ['of what is under way', toOther!, { standing: { ...READY, pieces: [piece(10, 19, { place: 'under_way' })] } }, 'range_not_in_stock'],
    ['of what was handed over', toOperator!, { standing: { ...READY, pieces: [piece(10, 19, { place: 'handed_over' })] } }, 'range_not_in_stock'],
  ])('%s is refused', (_, goal, over, code) => {
    expect(decide(goal, over)).toMatchObject({ kind: 'rejected', code });
  });
});
