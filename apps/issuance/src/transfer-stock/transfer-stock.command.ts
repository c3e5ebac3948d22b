import { Command } from '@nestjs/cqrs';
import type { AgentId, BatchId, DeliveryId, DistributorId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { AskedRange, Range } from '../voucher-range.decision.js';

/** To another distributor, to a desk of one's own, back from a desk into one's own stock, or back to the operator. */
export type Goal =
  | Readonly<{ kind: 'distributor'; distributorId: DistributorId }>
  | Readonly<{ kind: 'agent'; agentId: AgentId }>
  | Readonly<{ kind: 'own_stock' }>
  | Readonly<{ kind: 'operator' }>;

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
