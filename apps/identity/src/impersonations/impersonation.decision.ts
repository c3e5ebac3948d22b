// Who may look as which organisation, and when that counts.
import { IMPERSONATED_KINDS, ROLES_OF_KIND, type ImpersonatedKind, type OrganisationKind, type Role } from '#libs/auth';
import { reject, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

export type ImpersonationAsked = Readonly<{
  organisation: Readonly<{ kind: OrganisationKind; partyId: string | null }> | undefined; role: Role;
  /** The person looks as an organisation already. */ hasOpen: boolean;
}>;

/** Never the operator or an auditing body, which see everybody's; and one organisation at a time. */
export function decideImpersonation({ organisation, role, hasOpen }: ImpersonationAsked) {
  if (!organisation) return reject('organisation_not_found');
  const kind = IMPERSONATED_KINDS.find((one) => one === organisation.kind);
  if (!kind || organisation.partyId === null) return reject('impersonation_not_of_kind');
  if (!ROLES_OF_KIND[kind].includes(role)) return reject('role_not_of_organisation');
  if (hasOpen) return reject('impersonation_open');
  return { kind: 'begins' as const, of: kind satisfies ImpersonatedKind };
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
