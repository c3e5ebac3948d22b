import { Command } from '@nestjs/cqrs';
import type { AuthorisationId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { Till } from '../till-limits/till-limits.js';

export type CancelledAuthorisation = Readonly<{ authorisationId: AuthorisationId; amountCents: number; cancelledAt: string }>;

export class CancelAuthorisation extends Command<CancelledAuthorisation | Rejected> {
  constructor(readonly authorisationId: AuthorisationId, readonly till: Till, readonly meta: Meta) {
    super();
  }
}
