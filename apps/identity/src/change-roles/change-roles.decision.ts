import { isRejected, reject } from '#libs/kernel';
import { decideEnd, type EndOrChange } from '../end-member/end-member.decision.js';

export type RoleChange = EndOrChange & Readonly<{
  member: Readonly<{ userId: string; organisationId: string; kind: string; roles: readonly string[] }> | undefined;
  rolesAllowed: readonly string[]; roles: readonly string[];
}>;

/**
 * As one is added and one is ended. Of the operator nobody's roles are changed: two people stand for each member of it, so the membership
 * ends, and another is proposed and confirmed.
 */
export function decideRoles({ rolesAllowed, roles, ...who }: RoleChange) {
  const ends = decideEnd(who);
  if (isRejected(ends)) return ends;
  const { kind, roles: before } = who.member!;
  if (kind === 'operator') return reject('roles_need_confirmation');
  if (!roles.every((role) => rolesAllowed.includes(role))) return reject('role_not_of_organisation', { kind });
  const isSame = roles.length === before.length && roles.every((role) => before.includes(role));
  return isSame ? reject('member_exists') : { kind: 'changes' as const };
}
