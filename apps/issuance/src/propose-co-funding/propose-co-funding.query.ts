import { Query } from '@nestjs/cqrs';
import type { Cents, PayerId, Rejected } from '#libs/kernel';
import type { Criteria2019, OtherPayer, ProposedShares } from './co-funding.decision.js';

/** Commits nobody: the answer is what a draft may be written with. */
export class ProposeCoFunding extends Query<ProposedShares | Rejected> {
  constructor(
    readonly total: Cents, readonly state: Readonly<{ payerId: PayerId; criteria: Criteria2019 }>, readonly others: readonly OtherPayer[],
  ) {
    super();
  }
}
