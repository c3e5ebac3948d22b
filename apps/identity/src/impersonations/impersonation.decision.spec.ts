import { describe, expect, it } from '@jest/globals';
import { IMPERSONATED_KINDS, ROLES_OF_KIND, type OrganisationKind, type Role } from '#libs/auth';
import { decideImpersonation, decideImpersonationEnd, decideImpersonationUse } from './impersonation.decision.js';

const NOW = new Date('2026-03-10T12:00:00Z');
const LATER = new Date('2026-03-10T12:10:00Z');

const asked = (kind: OrganisationKind) =>
  ({ looksAs: IMPERSONATED_KINDS.find((one) => one === kind), partyId: 'p', rolesAllowed: ROLES_OF_KIND[kind] });

describe('looking as an organisation', () => {
  it.each<[OrganisationKind | undefined, Role, boolean, string]>([
    [undefined, 'payer', false, 'organisation_not_found'],
    ['operator', 'operator', false, 'impersonation_not_of_kind'],
    ['auditor', 'auditor', false, 'impersonation_not_of_kind'],
    ['place', 'payer', false, 'role_not_of_organisation'],
    ['payer', 'approver', false, 'role_not_of_organisation'],
    ['place', 'manager', true, 'impersonation_open'],
  ])('of kind %s as %s, another one being open: %s, is refused: %s', (kind, role, hasOpen, code) => {
    expect(decideImpersonation({ organisation: kind && asked(kind), role, hasOpen })).toMatchObject({ code });
  });

  it.each<[OrganisationKind, Role]>([['payer', 'payer'], ['place', 'till'], ['place', 'manager'], ['distributor', 'distributor']])('as a %s in the role %s begins', (kind, role) => {
    expect(decideImpersonation({ organisation: asked(kind), role, hasOpen: false })).toEqual({ kind: 'begins', of: kind });
  });
});

describe('an impersonation', () => {
  const held = { userId: 'u', sessionId: 's', expiresAt: LATER, endedAt: null, hasRight: true };
  const asker = { userId: 'u', sessionId: 's', now: NOW };

  it('gives tokens to its person, in its sign-in, while it lasts', () => {
    expect(decideImpersonationUse(held, asker)).toBe(held);
  });

  it.each([
    ['unknown', undefined, {}], ['ended', { ...held, endedAt: NOW }, {}], ['too old', held, { now: LATER }], ['without a right', { ...held, hasRight: false }, {}],
    ['somebody else\'s', held, { userId: 'v' }], ['of another sign-in', held, { sessionId: 't' }],
  ])('that is %s gives none', (_, one, more) => {
    expect(decideImpersonationUse(one, { ...asker, ...more })).toMatchObject({ code: 'impersonation_over' });
  });

  it('is ended by its person from any sign-in, once, also without the right', () => {
    expect(decideImpersonationEnd({ ...held, hasRight: false }, { userId: 'u', now: NOW })).toEqual({ kind: 'ends' });
    for (const [one, more] of [[undefined, {}], [{ ...held, endedAt: NOW }, {}], [held, { userId: 'v' }], [held, { now: LATER }]] as const) {
      expect(decideImpersonationEnd(one, { userId: 'u', now: NOW, ...more })).toMatchObject({ code: 'impersonation_over' });
    }
  });
});
