import { Command } from '@nestjs/cqrs';
import type { BatchId, OrderId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type CreatedBatch = Readonly<{ batchId: BatchId; orderId: OrderId; count: number; chunks: number }>;

/** `count` vouchers of the order, or all that are left to mint when it is null. */
export class CreateBatch extends Command<CreatedBatch | Rejected> {
  constructor(readonly orderId: OrderId, readonly count: number | null, readonly meta: Meta) {
    super();
  }
}
