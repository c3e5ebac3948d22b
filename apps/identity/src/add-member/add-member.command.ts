import { Command } from '@nestjs/cqrs';
import type { Role } from '#libs/auth';
import type { OrganisationId, Rejected, UserId } from '#libs/kernel';
import type { KeyReused, RequestMeta } from '#libs/persistence';
import type { RefusalCode } from '../refusals.js';

export type Member = Readonly<{
  organisationId: OrganisationId;
  email: string;
  name: string;
  roles: readonly Role[];
  /** Where the caller acts; null for the operator, who may add people anywhere. */
  addedFrom: string | null;
}>;

export class AddMember extends Command<{ userId: UserId } | Rejected<RefusalCode> | KeyReused> {
  constructor(readonly member: Member, readonly meta: RequestMeta) {
    super();
  }
}
