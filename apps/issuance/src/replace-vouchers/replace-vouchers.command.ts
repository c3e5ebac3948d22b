import { Command, Query } from '@nestjs/cqrs';
import type { BodyOf, VoucherReplacedV1, VoucherStoppedV1 } from '#libs/contracts';
import type { BatchId, DistributorId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { AskedHandOver, MadeHandOver, ScannedHandOver } from '../hand-over/hand-over.command.js';
import type { Range } from '../voucher-range.decision.js';
import type { NewQuota, Quota } from './quota.store.js';

export type Replacement = Readonly<{ batchId: BatchId; replacedBatchId: BatchId; first: number; last: number; count: number }>;

/** Mints a batch whose vouchers take the place of stopped ones. */
export class ReplaceVouchers extends Command<Replacement | Rejected> {
  constructor(
    readonly batchId: BatchId, readonly range: Range,
    /** Who does so within its quota; null: the operator. */
    readonly distributorId: DistributorId | null,
    readonly meta: Meta,
  ) {
    super();
  }
}

export type FromStock = Range & Readonly<{ batchId: BatchId; handOvers: readonly MadeHandOver[]; left: number }>;

/** Others leave the distributor's stock for stopped ones, within its quota; what was left on those stays with them. */
export class ReplaceFromStock extends Command<FromStock | Rejected> {
  constructor(
    readonly distributorId: DistributorId, readonly replaced: Range & Readonly<{ batchId: BatchId }>,
    readonly given: AskedHandOver | ScannedHandOver, readonly meta: Meta,
  ) {
    super();
  }
}

export class SetQuota extends Command<NewQuota | Rejected> {
  constructor(readonly quota: NewQuota, readonly meta: Meta) {
    super();
  }
}

/** Of this month. */
export class ShowQuota extends Query<Quota> {
  constructor(readonly distributorId: DistributorId) {
    super();
  }
}

export class NoteStopped extends Command<void> {
  constructor(readonly stop: BodyOf<typeof VoucherStoppedV1>, readonly meta: Meta) {
    super();
  }
}

export class NoteReplaced extends Command<void> {
  constructor(readonly replaced: BodyOf<typeof VoucherReplacedV1>, readonly meta: Meta) {
    super();
  }
}
