import { Query } from '@nestjs/cqrs';
import type { BatchId, DistributorId } from '#libs/kernel';
import type { Range } from '../voucher-range.decision.js';
import type { Move, PartView, PieceView } from './whereabouts.store.js';

/** A voucher by what stands on it, or by its place in its batch. */
export type Named = Readonly<{ serial: string }> | Readonly<{ batchId: BatchId; index: number }>;
export type Whereabouts = Range & Readonly<{ batchId: BatchId; isStopped: boolean; moves: readonly Move[] }>;

/** Undefined when there is none; a distributor learns of those that passed through its hands only. */
export class WhereIs extends Query<Whereabouts | undefined> {
  constructor(readonly named: Named, readonly distributorId: DistributorId | null) {
    super();
  }
}

export type Partition = Readonly<{ batchId: BatchId; count: number; bookletSize: number; parts: readonly PartView[] }>;

/** Every voucher of a batch by place: the sums are the batch. Undefined when there is no such batch. */
export class ShowPartition extends Query<Partition | undefined> {
  constructor(readonly batchId: BatchId) {
    super();
  }
}

/** The same as ranges, in order, from the one that begins after `after`. */
export class ListPieces extends Query<readonly PieceView[]> {
  constructor(readonly batchId: BatchId, readonly after: number, readonly rowsMax: number) {
    super();
  }
}
