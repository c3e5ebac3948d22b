import { reject, type Rejected } from '#libs/kernel';

/** The one that was asked for, or the first. Not a member and no such organisation are one answer. */
export function chooseMembership<Membership extends { organisationId: string }>(
  memberships: readonly Membership[], organisationId: string | undefined,
): Membership | Rejected<'membership_missing'> {
  const chosen = organisationId === undefined ? memberships[0] : memberships.find((one) => one.organisationId === organisationId);
  return chosen ?? reject('membership_missing');
}
