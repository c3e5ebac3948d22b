import { Command } from '@nestjs/cqrs';
import type { BatchId, DeliveryId, DistributorId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { AskedRange } from '../voucher-range.decision.js';

export type ShippedRange = Readonly<{
  deliveryId: DeliveryId; batchId: BatchId; distributorId: DistributorId; first: number; last: number;
}>;

/** Vouchers leave for a distributor: they are under way until their receipt, or their loss, is confirmed. */
export class ShipRange extends Command<ShippedRange | Rejected> {
  constructor(readonly batchId: BatchId, readonly distributorId: DistributorId, readonly asked: AskedRange, readonly meta: Meta) {
    super();
  }
}
