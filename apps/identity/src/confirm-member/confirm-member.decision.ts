import { reject } from '#libs/kernel';

export type ProposedMember = Readonly<{ userId: string; proposedBy: string; isConfirmed: boolean }>;

/** Two people stand behind each member of the operator: who proposed it and who confirms it, and neither is the member. */
export function decideConfirmation(member: ProposedMember | undefined, confirmerId: string) {
  if (!member) return reject('member_not_found');
  if (member.isConfirmed) return reject('member_confirmed');
  if (member.userId === confirmerId) return reject('confirmer_is_member');
  if (member.proposedBy === confirmerId) return reject('confirmer_is_proposer');
  return { kind: 'confirmed' as const };
}
