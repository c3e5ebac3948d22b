import { Command } from '@nestjs/cqrs';
import type { Cents, OrderId, PayerId, ProgrammeId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { OrderTerms } from '../order.store.js';
import type { AgreedShare } from '../share-amounts.decision.js';
import type { Creditor } from '../programme-rule.decision.js';

export type OrderRequest = OrderTerms & Readonly<{
  programmeId: ProgrammeId; count: number;
  /** Of one voucher; the programme's when absent. */
  face: Cents | null;
  shares: readonly AgreedShare[];
}>;

export type PlacedShare = Readonly<{
  payerId: PayerId; basisPoints: number; capCents: number | null; amountCents: number; reference: string;
}>;
/** In its wire shape, because the answer is stored with the key. */
export type PlacedOrder = Readonly<{
  orderId: OrderId; reference: string; count: number; faceCents: number; amountCents: number; currency: 'EUR';
  shares: readonly PlacedShare[]; creditor: Creditor;
}>;

export class PlaceOrder extends Command<PlacedOrder | Rejected> {
  constructor(readonly request: OrderRequest, readonly meta: Meta) {
    super();
  }
}
