import { reject } from '#libs/kernel';

/** `callerFrom`: where the caller acts; null for the operator, who answers for every organisation. */
export type EndOrChange = Readonly<{
  member: Readonly<{ userId: string; organisationId: string }> | undefined; callerId: string; callerFrom: string | null;
}>;

/** Whoever may give rights may take them; nobody takes their own, so that somebody is always left who can. */
export function decideEnd({ member, callerId, callerFrom }: EndOrChange) {
  if (!member || (callerFrom !== null && callerFrom !== member.organisationId)) return reject('member_not_found');
  if (member.userId === callerId) return reject('member_is_caller');
  return { kind: 'ends' as const };
}
