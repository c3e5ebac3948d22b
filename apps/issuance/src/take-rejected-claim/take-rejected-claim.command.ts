import { Command } from '@nestjs/cqrs';
import type { BodyOf, ClaimLineRejectedV1 } from '#libs/contracts';
import type { Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type RejectedClaim = BodyOf<typeof ClaimLineRejectedV1>;

/** Settlement rejected what a place claimed: the value belongs to the payers again. */
export class TakeRejectedClaim extends Command<null | Rejected> {
  constructor(readonly claim: RejectedClaim, readonly eventId: string, readonly meta: Meta) {
    super();
  }
}
