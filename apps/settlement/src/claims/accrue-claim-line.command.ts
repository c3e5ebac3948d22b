import { Command } from '@nestjs/cqrs';
import type { BodyOf, VoucherRedeemedV1 } from '#libs/contracts';
import type { Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type Redeemed = BodyOf<typeof VoucherRedeemedV1>;

export class AccrueClaimLine extends Command<null | Rejected> {
  /** `sourceSeq` is the number of redemption's message, by which statements cut off. */
  constructor(readonly fact: Redeemed, readonly sourceSeq: number, readonly meta: Meta) { super(); }
}
