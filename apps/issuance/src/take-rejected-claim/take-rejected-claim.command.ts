import { Command } from '@nestjs/cqrs';
import type { BodyOf, ClaimLineRejectedV1 } from '#libs/contracts';
import type { Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

/** Rejected while it was held (row 11), or corrected after its statement closed (row 19); of the latter, what was too much. */
export type RejectedClaim = Omit<BodyOf<typeof ClaimLineRejectedV1>, 'holdId'> & Readonly<{ rule: '11' | '19' }>;

/** A place is not paid, or pays back, what it claimed: the value belongs to the payers again. */
export class TakeRejectedClaim extends Command<null | Rejected> {
  constructor(readonly claim: RejectedClaim, readonly eventId: string, readonly meta: Meta) {
    super();
  }
}
