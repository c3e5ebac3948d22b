// The token of somebody of the operator who looks as an organisation. Its audience and its type are its own, as a key's are: a version that
// knows no impersonations refuses it, instead of taking it for a person's and letting it write.
import { z } from 'zod';
import { MANDATES_MAX } from './claims.js';
import { ROLES, ROLES_OF_KIND, type OrganisationKind, type Principal } from './principal.js';

export const IMPERSONATION_TOKEN_AUDIENCE = 'mereau-impersonations';
export const IMPERSONATION_TOKEN_TYPE = 'impersonation+jwt';

/**
 * Whose portal may be looked at. The operator and auditing bodies see everybody's: who looked as them would see more than one
 * organisation.
 */
export const IMPERSONATED_KINDS = ['payer', 'place', 'distributor'] as const satisfies readonly OrganisationKind[];
export type ImpersonatedKind = (typeof IMPERSONATED_KINDS)[number];

const impersonationClaimsSchema = z.object({
  sub: z.uuid(),
  impersonation: z.uuid(),
  org: z.uuid(),
  kind: z.enum(IMPERSONATED_KINDS),
  party: z.uuid(),
  roles: z.array(z.enum(ROLES)).min(1),
  name: z.string().max(200),
  ends_with: z.array(z.uuid()).min(1).max(MANDATES_MAX + 2),
}).refine(({ kind, roles }) => roles.every((role) => ROLES_OF_KIND[kind].includes(role)), 'a role of another kind of organisation');

export type ImpersonationClaims = z.infer<typeof impersonationClaimsSchema>;
export type TokenOfImpersonation = Pick<Principal, 'userId' | 'name' | 'organisationId' | 'roles'>
  & Readonly<{ impersonationId: string; organisationKind: ImpersonatedKind; partyId: string; endsWith: readonly string[] }>;

export const impersonationClaimsOf = (of: TokenOfImpersonation): ImpersonationClaims => ({
  sub: of.userId, impersonation: of.impersonationId, org: of.organisationId, kind: of.organisationKind, party: of.partyId,
  roles: [...of.roles], name: of.name, ends_with: [...of.endsWith],
});

/** Undefined when the claims are not ours. It shows no second factor: what asks for one moves something. */
export function impersonationPrincipalOf(payload: unknown, issuedAt: number): Principal | undefined {
  const { success, data } = impersonationClaimsSchema.safeParse(payload);
  if (!success) return undefined;
  return {
    userId: data.sub, organisationId: data.org, organisationKind: data.kind, partyId: data.party, roles: data.roles, name: data.name,
    amr: ['impersonation'], authTime: issuedAt, secondFactorTime: null, endsWith: data.ends_with,
    impersonation: { impersonationId: data.impersonation },
  };
}
