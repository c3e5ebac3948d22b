import { Query } from '@nestjs/cqrs';
import type { Cents, PayerId, ProgrammeId, Rejected } from '#libs/kernel';

export type Coverage = Readonly<{
  /** Money that arrived and is not behind any voucher yet: the balance of `prefund`, and nothing else. */
  available: Cents;
  /** Ordered and not paid: a promise, behind which nothing can be activated. */
  announced: Cents;
  /** Face value that was activated, whatever became of it since. */
  activated: Cents;
}>;
export type PayerCoverage = Coverage & Readonly<{ payerId: PayerId; name: string }>;

/** Of one payer, or of all when it is null. */
export class ShowCoverage extends Query<readonly PayerCoverage[] | Rejected> {
  constructor(readonly programmeId: ProgrammeId, readonly payerId: PayerId | null) {
    super();
  }
}
