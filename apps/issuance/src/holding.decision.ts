// What rules about stock are told: where pieces of batches are.
import type { AgentId, BatchId, DeliveryOutcomeId, DistributorId } from '#libs/kernel';
import type { Range } from './voucher-range.decision.js';

export const PLACES = ['printer', 'operator', 'under_way', 'stock', 'handed_over', 'returned', 'lost', 'destroyed'] as const;
export type Place = (typeof PLACES)[number];
export type BatchRange = Readonly<{ batchId: BatchId; range: Range }>;

/** A part of a holding that nothing was taken out of yet; `holding` is the whole of it, as a new one has to name it. */
export type Piece = Readonly<{
  batchId: BatchId; range: Range; place: Place; distributorId: DistributorId | null; agentId: AgentId | null; documentId: string | null;
  holding: Range & Readonly<{ id: string; batchCount: number }>;
}>;

/** A piece of a stock, of which a hand-over takes a part, with the receipt that brought it there. */
export type ReceivedRange = Readonly<{ range: Range; piece: Piece; receipt: Range & Readonly<{ deliveryOutcomeId: DeliveryOutcomeId }> }>;
