// How identity shows what it has: ids with their prefix, a party by what it is.
import { z } from 'zod';
import { ORGANISATION_KINDS, ROLES, type OrganisationKind } from '#libs/auth';
import { idOut, idText } from '#libs/http';
import { idOf } from '#libs/kernel';
import type { Membership } from './organisation.store.js';

export const MembershipAnswer = z.strictObject({
  organisationId: idText('organisation'), kind: z.enum(ORGANISATION_KINDS), name: z.string(),
  partyId: z.string().nullable().describe('pyr_<uuid>, plc_<uuid> or dst_<uuid>'), roles: z.array(z.enum(ROLES)),
});

/** What a party is, by the kind of its organisation. */
const PARTY_NOUN = { payer: 'payer', place: 'place', distributor: 'distributor' } as const;

export function shownParty(kind: OrganisationKind, partyId: string | null): string | null {
  if (partyId === null || kind === 'operator' || kind === 'auditor') return null;
  const noun = PARTY_NOUN[kind];
  return idOut(noun, idOf(noun, partyId));
}

export const shownMembership = ({ organisationId, kind, name, partyId, roles }: Membership) => ({
  organisationId: idOut('organisation', idOf('organisation', organisationId)), kind, name, partyId: shownParty(kind, partyId), roles,
});
