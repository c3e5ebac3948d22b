// The token's own spelling of a principal. One file, so that what identity signs is what the services read.
import { z } from 'zod';
import { ORGANISATION_KINDS, ROLES, ROLES_OF_KIND, type Principal } from './principal.js';

/** Identity is the only issuer, and a token is good for every service: they share one edge. */
export const TOKEN_ISSUER = 'mereau';
export const TOKEN_AUDIENCE = 'mereau';
export const TOKEN_ALGORITHM = 'EdDSA';
/** Short: where identity cannot be asked what has ended, a right that was taken ends with its last token. */
export const TOKEN_LIFETIME_SECONDS = 300;

/** The list of what ended is signed by the same keys, and is no token: its audience is another. It is asked for anew every few seconds. */
export const REVOCATIONS_AUDIENCE = 'mereau-revocations';
export const REVOCATIONS_TYPE = 'revocations+jwt';
export const REVOCATIONS_LIFETIME_SECONDS = 30;

/** In force at once, as far as a token tells them, and ids that one may name: with the rest they have to fit into a header. */
export const MANDATES_MAX = 5;
export const MANDATE_NAMES_MAX = 10;

const ids = z.array(z.uuid()).max(MANDATE_NAMES_MAX);
const mandatesSchema = z.object({
  inForce: z.array(z.object({ mandateId: z.uuid(), programmeIds: ids, payerIds: ids })).max(MANDATES_MAX), hadOne: z.boolean(),
});

const claimsSchema = z.object({
  sub: z.uuid(),
  org: z.uuid(),
  kind: z.enum(ORGANISATION_KINDS),
  party: z.uuid().nullable(),
  roles: z.array(z.enum(ROLES)).min(1),
  name: z.string().max(200),
  amr: z.array(z.string().max(20)).max(10),
  auth_time: z.int().positive(),
  second_factor_time: z.int().positive().nullable(),
  ends_with: z.array(z.uuid()).max(MANDATES_MAX + 2).optional(),
  mandates: mandatesSchema.optional(),
}).refine(({ kind, roles }) => roles.every((role) => ROLES_OF_KIND[kind].includes(role)), 'a role of another kind of organisation');

export type Claims = z.infer<typeof claimsSchema>;

export function claimsOf(principal: Principal): Claims {
  return {
    sub: principal.userId, org: principal.organisationId, kind: principal.organisationKind, party: principal.partyId,
    roles: [...principal.roles], name: principal.name, amr: [...principal.amr], auth_time: principal.authTime,
    second_factor_time: principal.secondFactorTime, ...(principal.endsWith && { ends_with: [...principal.endsWith] }),
    ...(principal.mandates && { mandates: mandatesSchema.parse(principal.mandates) }),
  };
}

/** Undefined when the claims are not ours: a token signed by a right key may still be of another make. */
export function principalOf(payload: unknown): Principal | undefined {
  const { success, data } = claimsSchema.safeParse(payload);
  if (!success) return undefined;
  return {
    userId: data.sub, organisationId: data.org, organisationKind: data.kind, partyId: data.party,
    roles: data.roles, name: data.name, amr: data.amr, authTime: data.auth_time,
    secondFactorTime: data.second_factor_time, ...(data.ends_with && { endsWith: data.ends_with }),
    ...(data.mandates && { mandates: data.mandates }),
  };
}
