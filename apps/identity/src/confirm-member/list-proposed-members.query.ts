import { Query } from '@nestjs/cqrs';
import type { Role } from '#libs/auth';

export type ProposedMemberRow = Readonly<{
  userId: string; name: string; email: string; roles: Role[]; proposedBy: string; proposedAt: Date;
}>;

export class ListProposedMembers extends Query<readonly ProposedMemberRow[]> {
  constructor(readonly organisationId: string) {
    super();
  }
}
