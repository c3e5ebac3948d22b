import { Command } from '@nestjs/cqrs';
import type { RedemptionId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { UndoneBy, UndoReason } from './undo-redemption.decision.js';

export type UndoneVoucher = Readonly<{ redemptionId: RedemptionId; amountCents: number; balanceCents: number }>;
/** `with`: the other vouchers of the same participation, which came back with it. */
export type UndoneRedemption = UndoneVoucher & Readonly<{ with: readonly UndoneVoucher[]; undoneAt: string }>;

export class UndoRedemption extends Command<UndoneRedemption | Rejected> {
  constructor(
    readonly redemptionId: RedemptionId, readonly asked: Readonly<{ by: UndoneBy; reason: UndoReason }>, readonly meta: Meta,
  ) {
    super();
  }
}
