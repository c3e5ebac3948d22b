import { Command } from '@nestjs/cqrs';
import type { BodyOf, VoucherReplacedV1, VoucherStoppedV1 } from '#libs/contracts';
import type { BatchId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { Range } from '../voucher-range.decision.js';

export type Replacement = Readonly<{ batchId: BatchId; replacedBatchId: BatchId; first: number; last: number; count: number }>;

/** Mints a batch whose vouchers take the place of stopped ones. */
export class ReplaceVouchers extends Command<Replacement | Rejected> {
  constructor(readonly batchId: BatchId, readonly range: Range, readonly meta: Meta) {
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
