import { Command } from '@nestjs/cqrs';
import type { AuthorisationId, PlaceId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type CancelledAuthorisation = Readonly<{ authorisationId: AuthorisationId; amountCents: number; cancelledAt: string }>;

export class CancelAuthorisation extends Command<CancelledAuthorisation | Rejected> {
  constructor(readonly authorisationId: AuthorisationId, readonly placeId: PlaceId, readonly meta: Meta) {
    super();
  }
}
