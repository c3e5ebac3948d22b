import { Command } from '@nestjs/cqrs';
import type { BatchId, OrderId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { AskedBatch } from './create-batch.decision.js';
import type { BookletSize } from '../voucher-range.decision.js';

export type CreatedBatch = Readonly<{ batchId: BatchId; orderId: OrderId; count: number; bookletSize: BookletSize; chunks: number }>;

export class CreateBatch extends Command<CreatedBatch | Rejected> {
  constructor(readonly orderId: OrderId, readonly asked: AskedBatch, readonly meta: Meta) {
    super();
  }
}
