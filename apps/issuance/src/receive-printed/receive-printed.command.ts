import { Command } from '@nestjs/cqrs';
import type { BatchId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { AskedRange, Range } from '../voucher-range.decision.js';

export type ReceivedPrinted = Range & Readonly<{ batchId: BatchId }>;

/** Vouchers came from the printer and lie with the operator. What the printer sends on itself is shipped without this. */
export class ReceivePrinted extends Command<ReceivedPrinted | Rejected> {
  constructor(readonly batchId: BatchId, readonly asked: AskedRange, readonly meta: Meta) {
    super();
  }
}
