import { Command } from '@nestjs/cqrs';
import type { AgentId, BatchId, DeliveryId, DistributorId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { AskedRange, Range } from '../voucher-range.decision.js';
import type { Goal } from './transfer-stock.decision.js';

export type Transferred = Range & Readonly<{ deliveryId: DeliveryId; batchId: BatchId }>;

/** Vouchers leave a stock for another one: they are under way until their receipt, or their loss, is confirmed. */
export class TransferStock extends Command<Transferred | Rejected> {
  constructor(
    readonly request: Readonly<{
      distributorId: DistributorId; batchId: BatchId; asked: AskedRange; goal: Goal;
      /** The desk whose stock it leaves; null: what lies at no desk. */
      fromAgentId: AgentId | null;
    }>,
    readonly meta: Meta,
  ) {
    super();
  }
}
