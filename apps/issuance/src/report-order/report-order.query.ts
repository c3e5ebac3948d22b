import { Query } from '@nestjs/cqrs';
import type { Cents, OrderId, PayerId, Rejected } from '#libs/kernel';
import type { OrderReport } from './report-order.decision.js';

export type ShownReport = OrderReport & Readonly<{
  reference: string; handedOver: readonly Readonly<{ publicCategory: string | null; count: number }>[];
  /** By the rule of 2020, where somebody said how much of it people of the plan for skills used. */
  stateAtMost: Cents | null;
}>;
export type ReportWanted = Readonly<{ orderId: OrderId; payerId: PayerId | null; usedByPic: Cents | null }>;

/** A payer sees its own share; an order of other payers is as unknown as one that does not exist. */
export class ReportOrder extends Query<ShownReport | Rejected> {
  constructor(readonly wanted: ReportWanted) {
    super();
  }
}
