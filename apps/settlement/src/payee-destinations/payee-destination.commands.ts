import { Command, Query } from '@nestjs/cqrs';
import type { DestinationId, PayeeId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { ShownDestination } from './payee-destination.store.js';

export type DestinationVersion = Readonly<{ destinationId: DestinationId; version: number }>;

export class ProposeDestination extends Command<DestinationVersion | Rejected> {
  /** `stripeAccountId`: `acct_…`, as the payee or Stripe's dashboard gives it. */
  constructor(readonly request: Readonly<{ payeeId: PayeeId; stripeAccountId: string }>, readonly meta: Meta) { super(); }
}

export class ApproveDestination extends Command<DestinationVersion | Rejected> {
  constructor(readonly destinationId: DestinationId, readonly meta: Meta) { super(); }
}

/** Newest first. */
export class ListDestinations extends Query<readonly ShownDestination[]> {
  constructor(readonly payeeId: PayeeId) { super(); }
}
