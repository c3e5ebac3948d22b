// What redemption tells about our batches. Each of these commutes with the others and with itself.
import { Command } from '@nestjs/cqrs';
import type { ActivationId, BatchId, Cents } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export class NoteChunkLoaded extends Command<void> {
  constructor(readonly batchId: BatchId, readonly chunk: number, readonly count: number, readonly meta: Meta) {
    super();
  }
}

export class NoteRangeSpendable extends Command<void> {
  constructor(readonly activationId: ActivationId, readonly meta: Meta) {
    super();
  }
}

/** A redemption, or its undoing; `voucherIndex` is undefined where the sender does not say it yet. */
export type Used = Readonly<{ batchId: BatchId; voucherIndex: number | undefined; amount: Cents; at: Date }>;

export class CountUndone extends Command<void> {
  constructor(readonly used: Used, readonly meta: Meta) {
    super();
  }
}

export class CountRedemption extends Command<void> {
  constructor(readonly used: Used, readonly meta: Meta) {
    super();
  }
}
