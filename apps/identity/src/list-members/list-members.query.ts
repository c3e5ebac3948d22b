import { Query } from '@nestjs/cqrs';
import type { Role } from '#libs/auth';

/** `invited`: has chosen no password yet; `proposed`: of the operator, waits for a second person. */
export type MemberRow = Readonly<{
  userId: string; name: string; email: string; roles: Role[]; since: Date; state: 'invited' | 'proposed' | 'in_force'; invitedUntil: Date | null; hasSecondFactor: boolean;
}>;

export class ListMembers extends Query<readonly MemberRow[]> {
  constructor(readonly organisationId: string) {
    super();
  }
}
