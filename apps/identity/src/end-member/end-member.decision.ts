import { reject } from '#libs/kernel';

/** `callerFrom`: where the caller acts; null for the operator, who answers for every organisation. */
export type EndOrChange = Readonly<{
  member: Readonly<{ userId: string; organisationId: string }> | undefined; callerId: string; callerFrom: string | null;
}>;
/** Who of the operator would be left; undefined for a member of another organisation. */
export type Left = Readonly<{ people: number; approvers: number }> | undefined;
/** One proposes, another confirms. */
const OPERATOR_PEOPLE_MIN = 2;

/**
 * Whoever may give rights may take them; nobody takes their own, so that somebody is always left who can. Of the operator two are left,
 * and one of them approves: with fewer nobody could be let in any more.
 */
export function decideEnd({ member, callerId, callerFrom, left }: EndOrChange & Readonly<{ left?: Left }>) {
  if (!member || (callerFrom !== null && callerFrom !== member.organisationId)) return reject('member_not_found');
  if (member.userId === callerId) return reject('member_is_caller');
  if (left && (left.people < OPERATOR_PEOPLE_MIN || left.approvers === 0)) return reject('operator_would_be_locked');
  return { kind: 'ends' as const };
}
