// How identity shows what it has: ids with their prefix, a party by what it is.
import { z } from 'zod';
import { ORGANISATION_KINDS, ROLES, type OrganisationKind } from '#libs/auth';
import { idOut, idText } from '#libs/http';
import { idOf } from '#libs/kernel';
import type { Membership } from './organisation.store.js';

export const MembershipAnswer = z.strictObject({
  organisationId: idText('organisation'), kind: z.enum(ORGANISATION_KINDS), name: z.string(),
  partyId: z.string().nullable().describe('pyr_<uuid> or plc_<uuid>'), roles: z.array(z.enum(ROLES)),
});

export const shownParty = (kind: OrganisationKind, partyId: string | null): string | null => {
  if (partyId === null) return null;
  return kind === 'payer' ? idOut('payer', idOf('payer', partyId)) : idOut('place', idOf('place', partyId));
};

export const shownMembership = ({ organisationId, kind, name, partyId, roles }: Membership) => ({
  organisationId: idOut('organisation', idOf('organisation', organisationId)), kind, name, partyId: shownParty(kind, partyId), roles,
});
