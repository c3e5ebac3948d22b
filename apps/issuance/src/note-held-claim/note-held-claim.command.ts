// What settlement decides about claims for our vouchers: held, and found right later. In any order.
import { Command } from '@nestjs/cqrs';
import type { BodyOf, ClaimLineHeldV1, ClaimLineReleasedV1 } from '#libs/contracts';
import type { Meta } from '#libs/persistence';

export class NoteHeldClaim extends Command<void> {
  constructor(readonly claim: BodyOf<typeof ClaimLineHeldV1>, readonly meta: Meta) {
    super();
  }
}

export class NoteReleasedClaim extends Command<void> {
  constructor(readonly claim: BodyOf<typeof ClaimLineReleasedV1>, readonly meta: Meta) {
    super();
  }
}
