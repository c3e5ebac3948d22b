import { reject } from '#libs/kernel';

export type ProposedMember = Readonly<{ userId: string; proposedBy: string; roles: readonly string[]; isConfirmed: boolean }>;

/**
 * Two people stand behind each member of the operator: who proposed it and who confirms it, and neither is the member. `rolesRead`: what
 * the confirmer stands for; a proposal that was taken back and made again with other roles is another one.
 */
export function decideConfirmation(member: ProposedMember | undefined, confirmerId: string, rolesRead: readonly string[]) {
  if (!member) return reject('member_not_found');
  if (member.isConfirmed) return reject('member_confirmed');
  if (member.userId === confirmerId) return reject('confirmer_is_member');
  if (member.proposedBy === confirmerId) return reject('confirmer_is_proposer');
  if (!isSame(member.roles, rolesRead)) return reject('member_roles_changed');
  return { kind: 'confirmed' as const };
}

const isSame = (some: readonly string[], others: readonly string[]): boolean => namesOf(some) === namesOf(others);
const namesOf = (roles: readonly string[]): string => [...new Set(roles)].sort().join();
