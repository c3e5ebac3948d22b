import { Command } from '@nestjs/cqrs';
import type { BodyOf, Envelope, VoucherRedeemedV1 } from '#libs/contracts';
import type { Rejected } from '#libs/kernel';
import type { Meta, Tx } from '#libs/persistence';

export type Redeemed = BodyOf<typeof VoucherRedeemedV1>;

export class AccrueClaimLine extends Command<null | Rejected> {
  /** `sourceSeq` is the number of redemption's message, by which statements cut off. */
  constructor(readonly fact: Redeemed, readonly sourceSeq: number, readonly meta: Meta) { super(); }
}

/** Those that redemption told one after the other; answers the messages that are to be accrued one by one. */
export class AccrueClaimLines extends Command<readonly Envelope<Redeemed>[]> {
  constructor(readonly messages: readonly Envelope<Redeemed>[], readonly tx: Tx) { super(); }
}
