// Who may look as which organisation, and when that counts.
import { reject, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

export type ImpersonationAsked<Kind> = Readonly<{
  /** `looksAs`: its kind, where one may look as such; with the roles that its kind gives. Undefined when there is no such organisation. */
  organisation: Readonly<{ looksAs: Kind | undefined; partyId: string | null; rolesAllowed: readonly string[] }> | undefined;
  role: string;
  /** The person looks as an organisation already. */ hasOpen: boolean;
}>;

/** Never the operator or an auditing body, which see everybody's; and one organisation at a time. */
export function decideImpersonation<Kind extends string>({ organisation, role, hasOpen }: ImpersonationAsked<Kind>) {
  if (!organisation) return reject('organisation_not_found');
  const { looksAs, partyId, rolesAllowed } = organisation;
  if (!looksAs || partyId === null) return reject('impersonation_not_of_kind');
  if (!rolesAllowed.includes(role)) return reject('role_not_of_organisation');
  if (hasOpen) return reject('impersonation_open');
  return { kind: 'begins' as const, of: looksAs };
}

export type HeldImpersonation = Readonly<{
  userId: string; sessionId: string; expiresAt: Date; endedAt: Date | null;
  /** Its person still is a helper of the operator. */ hasRight: boolean;
}>;
type Asker = Readonly<{ userId: string; sessionId: string; now: Date }>;

/** Unknown, somebody else's, of another sign-in, ended and too old are one answer. */
export function decideImpersonationUse<Held extends HeldImpersonation>(
  held: Held | undefined, { userId, sessionId, now }: Asker,
): Held | Rejected<RefusalCode> {
  const isOpen = held && held.endedAt === null && now < held.expiresAt && held.hasRight;
  return isOpen && held.userId === userId && held.sessionId === sessionId ? held : reject('impersonation_over');
}

/** Its person ends it from any sign-in of theirs, also where the right is gone. */
export function decideImpersonationEnd(held: HeldImpersonation | undefined, { userId, now }: Omit<Asker, 'sessionId'>) {
  if (!held || held.userId !== userId || held.endedAt !== null || now >= held.expiresAt) return reject('impersonation_over');
  return { kind: 'ends' as const };
}
