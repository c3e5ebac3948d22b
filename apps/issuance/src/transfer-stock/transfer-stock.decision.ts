// What may leave a stock for another one: what lies in it, all of it. What no till takes any more goes back to the operator
// and to nobody else.
import { reject, type AgentId, type DistributorId, type Rejected } from '#libs/kernel';
import type { Piece } from '../holding.decision.js';
import type { RefusalCode } from '../refusals.js';
import { rangeOf, type AskedRange, type BoundBatch, type Range } from '../voucher-range.decision.js';

/** To another distributor, to a desk of one's own, back from a desk into one's own stock, or back to the operator. */
export type Goal =
  | Readonly<{ kind: 'distributor'; distributorId: DistributorId }>
  | Readonly<{ kind: 'agent'; agentId: AgentId }>
  | Readonly<{ kind: 'own_stock' }>
  | Readonly<{ kind: 'operator' }>;

export type Stock = Readonly<{ distributorId: DistributorId; agentId: AgentId | null }>;
/** What is true of the asked range and of where it is to go. */
export type Standing = Readonly<{ goalExists: boolean; pieces: readonly Piece[]; stopped: Range | undefined }>;
/** Where it goes; of a return, the distributor is the one that it comes from. */
export type Way = Stock & Readonly<{ kind: 'transfer' | 'return'; range: Range }>;

export function decideTransfer(
  batch: BoundBatch | undefined, { asked, from, goal }: Readonly<{ asked: AskedRange; from: Stock; goal: Goal }>, standing: Standing,
): Way | Rejected<RefusalCode> {
  if (!batch) return reject('batch_not_found');
  if (!standing.goalExists) return reject(goal.kind === 'agent' ? 'agent_not_found' : 'distributor_not_found');
  const range = rangeOf(asked, batch);
  if (!range) return reject('range_outside_batch', { count: batch.count });
  const to = stockOf(goal, from.distributorId);
  if (goal.kind !== 'operator' && to.distributorId === from.distributorId && to.agentId === from.agentId) return reject('transfer_within_stock');
  const isThere = (piece: Piece): boolean =>
    piece.place === 'stock' && piece.distributorId === from.distributorId && piece.agentId === from.agentId;
  if (!standing.pieces.every(isThere)) return reject('range_not_in_stock', { ...range });
  if (standing.stopped && goal.kind !== 'operator') return reject('range_stopped', { ...standing.stopped });
  return { kind: goal.kind === 'operator' ? 'return' : 'transfer', range, ...to };
}

const stockOf = (goal: Goal, own: DistributorId): Stock => ({
  distributorId: goal.kind === 'distributor' ? goal.distributorId : own, agentId: goal.kind === 'agent' ? goal.agentId : null,
});
