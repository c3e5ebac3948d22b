import { reject } from '#libs/kernel';

export type Addition = Readonly<{
  /** With the roles that its kind may give; undefined when there is no such organisation. */
  organisation: Readonly<{ organisationId: string; kind: string; rolesAllowed: readonly string[] }> | undefined;
  /** Who has the address; undefined when nobody has. */
  user: Readonly<{ userId: string }> | undefined;
  isMember: boolean;
  /** What kinds of organisations the person acts for already. */
  kinds: readonly string[];
  /** What others act for whose addresses lead to the same mailbox. */
  mailboxKinds: readonly string[];
  roles: readonly string[];
  /** Mails of the last day that said to this mailbox that it may act for somebody. */
  invited: number; invitedMax: number;
  /** `organisationId`: where the caller acts; null for the operator, who may add people anywhere. */
  caller: Readonly<{ userId: string; organisationId: string | null }>;
}>;

/**
 * Two accounts of one person would be two people for the four eyes: a mailbox has one account at the operator. Elsewhere several people may
 * read one.
 *
 * Where the organisation stands first, then who gives rights to whom, then the person. Who acts for the operator acts for nobody
 * else: otherwise a member of a place could approve the run that pays it.
 */
export function decideMember({ organisation, user, isMember, kinds, mailboxKinds, roles, invited, invitedMax, caller }: Addition) {
  // To whom another organisation is none of their business, it is not there.
  if (!organisation || (caller.organisationId !== null && caller.organisationId !== organisation.organisationId)) return reject('organisation_not_found');
  const { kind, rolesAllowed } = organisation;
  if (!roles.every((role) => rolesAllowed.includes(role))) return reject('role_not_of_organisation', { kind });
  if (user?.userId === caller.userId) return reject('member_is_caller');
  if (isMember) return reject('member_exists');
  if (kinds.some((other) => (other === 'operator') !== (kind === 'operator'))) return reject('member_of_other_side', { kind });
  if (kind === 'operator' ? mailboxKinds.length > 0 : mailboxKinds.includes('operator')) return reject('mailbox_of_member');
  if (invited >= invitedMax) return reject('invitations_too_many');
  return user ? 'known' as const : 'new' as const;
}
