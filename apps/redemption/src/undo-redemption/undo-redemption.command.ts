import { Command } from '@nestjs/cqrs';
import type { PlaceId, RedemptionId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { UndoReason } from './undo-redemption.decision.js';

/** A till undoes what its own place redeemed; the operator what any place did. */
export type UndoneBy = Readonly<{ kind: 'till'; placeId: PlaceId }> | Readonly<{ kind: 'operator' }>;

export type UndoneRedemption = Readonly<{
  redemptionId: RedemptionId; amountCents: number; balanceCents: number; undoneAt: string;
}>;

export class UndoRedemption extends Command<UndoneRedemption | Rejected> {
  constructor(
    readonly redemptionId: RedemptionId, readonly asked: Readonly<{ by: UndoneBy; reason: UndoReason }>, readonly meta: Meta,
  ) {
    super();
  }
}
