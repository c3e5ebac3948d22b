import { Command } from '@nestjs/cqrs';
import type { Role } from '#libs/auth';
import type { OrganisationId, Rejected, UserId } from '#libs/kernel';
import type { KeyReused, RequestMeta } from '#libs/persistence';
import type { RefusalCode } from '../refusals.js';

/** `organisationId` is that of the caller: nobody confirms people elsewhere. */
export class ConfirmMember extends Command<{ userId: UserId } | Rejected<RefusalCode> | KeyReused> {
  constructor(
    readonly userId: UserId, readonly organisationId: OrganisationId, readonly rolesRead: readonly Role[], readonly meta: RequestMeta,
  ) {
    super();
  }
}
