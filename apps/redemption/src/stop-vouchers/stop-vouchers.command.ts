import { Command } from '@nestjs/cqrs';
import type { BodyOf, VoucherStoppedV1 } from '#libs/contracts';
import type { BatchId, DistributorId, Rejected, StopId } from '#libs/kernel';
import type { SerialParts } from '#libs/keys';
import type { Meta } from '#libs/persistence';
import type { Range } from '../till/reference.decision.js';

export type StopReason = BodyOf<typeof VoucherStoppedV1>['reason'];
/** Which vouchers of a batch: by index, both ends included, or by the serials that stand on them. */
export type Which = Readonly<{ range: Range }> | Readonly<{ serials: readonly SerialParts[] }>;

export type Stopped = Readonly<{ stopId: StopId; batchId: BatchId; ranges: readonly Range[]; count: number; stoppedAt: string }>;

/** From its commit on no till takes these vouchers. */
export class StopVouchers extends Command<Stopped | Rejected> {
  constructor(
    readonly batchId: BatchId, readonly which: Which, readonly reason: StopReason,
    /** Who may stop its own only; null: the operator. */
    readonly distributorId: DistributorId | null,
    readonly meta: Meta,
  ) {
    super();
  }
}

/** What issuance lost is stopped here too, whoever forgot to; what is stopped already is left alone. */
export class StopLost extends Command<void> {
  constructor(readonly batchId: BatchId, readonly range: Range, readonly reason: StopReason, readonly meta: Meta) {
    super();
  }
}
