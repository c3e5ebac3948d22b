import { Command, Query } from '@nestjs/cqrs';
import type { BodyOf, BankCreditReleasedV1 } from '#libs/contracts';
import type { BankLineId, Cents, RefundId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type ReleaseReason = BodyOf<typeof BankCreditReleasedV1>['reason'];
export type GivenBack = Readonly<{ releaseId: RefundId; bankLineId: BankLineId; amountCents: number; currency: 'EUR' }>;

/** What is left of a credit is not ours: it goes back to the account that it came from. */
export class GiveBackCredit extends Command<GivenBack | Rejected> {
  constructor(readonly request: Readonly<{ bankLineId: BankLineId; reason: ReleaseReason }>, readonly meta: Meta) { super(); }
}

export const RELEASE_STATES = ['requested', 'paid', 'returned'] as const;
export type ReleaseView = Readonly<{
  releaseId: RefundId; bankLineId: BankLineId; amount: Cents; reason: ReleaseReason; releasedAt: Date;
  state: (typeof RELEASE_STATES)[number]; paidOn: string | null; reasonCode: string | null;
}>;

export class ListReleases extends Query<readonly ReleaseView[]> {
  constructor(readonly page: Readonly<{ before: RefundId | null; rowsMax: number }>) { super(); }
}
