import { Command } from '@nestjs/cqrs';
import type { BodyOf, RangeWrittenOffV1 } from '#libs/contracts';
import type { BatchId, DistributorId, Rejected, StockLossId } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { AskedRange, Range } from '../voucher-range.decision.js';

export type LossReason = BodyOf<typeof RangeWrittenOffV1>['reason'];
export type WrittenOff = Range & Readonly<{ stockLossId: StockLossId; batchId: BatchId; reason: LossReason; keyDestroyed: boolean }>;

/** Vouchers leave a stock for good: lost, stolen, or destroyed by the operator. */
export class LoseStock extends Command<WrittenOff | Rejected> {
  constructor(
    readonly request: Readonly<{
      batchId: BatchId; asked: AskedRange; reason: LossReason;
      /** Whose stock; null for what the operator or its printer has. */
      distributorId: DistributorId | null;
    }>,
    readonly meta: Meta,
  ) {
    super();
  }
}
