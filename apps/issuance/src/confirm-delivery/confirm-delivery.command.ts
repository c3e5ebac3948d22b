import { Command } from '@nestjs/cqrs';
import type { BatchId, DeliveryId, DistributorId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { NewOutcome } from '../delivery.store.js';
import type { AskedRange, Range } from '../voucher-range.decision.js';

export type ConfirmedDelivery = Readonly<{
  deliveryId: DeliveryId; batchId: BatchId; parts: readonly NewOutcome[]; missing: readonly Range[]; inTransitCount: number;
  keyDestroyed: boolean;
}>;

/** What became of parts of a delivery, or of all that is under way when `asked` is null. */
export class ConfirmDelivery extends Command<ConfirmedDelivery | Rejected> {
  constructor(
    readonly request: Readonly<{
      deliveryId: DeliveryId; outcome: 'received' | 'lost'; asked: readonly AskedRange[] | null;
      /** The distributor that asks; null for the operator. */
      distributorId: DistributorId | null;
    }>,
    readonly meta: Meta,
  ) {
    super();
  }
}
