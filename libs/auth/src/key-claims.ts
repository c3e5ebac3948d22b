// The token that a key is exchanged for. Its audience and its type are its own, so that a reader of people's tokens cannot take it for one:
// a version that knows no keys refuses it, instead of dropping the scopes and seeing a whole role.
import { z } from 'zod';
import { rolesOf, SCOPE_RULES } from './key-scope.js';
import { KEY_SCOPES, ORGANISATION_KINDS, type KeyScope, type OrganisationKind, type Principal } from './principal.js';

export const KEY_TOKEN_AUDIENCE = 'mereau-keys';
export const KEY_TOKEN_TYPE = 'key+jwt';

const keyClaimsSchema = z.object({
  sub: z.uuid(),
  org: z.uuid(),
  kind: z.enum(ORGANISATION_KINDS),
  party: z.uuid(),
  scopes: z.array(z.enum(KEY_SCOPES)).min(1).max(KEY_SCOPES.length),
  name: z.string().max(200),
}).refine(({ kind, scopes }) => scopes.every((scope) => SCOPE_RULES[scope].kind === kind), 'a scope of another kind of organisation');

export type KeyClaims = z.infer<typeof keyClaimsSchema>;
export type TokenOfKey = Readonly<{
  keyId: string; name: string; organisationId: string; organisationKind: OrganisationKind; partyId: string; scopes: readonly KeyScope[];
}>;

export const keyClaimsOf = ({ keyId, name, organisationId, organisationKind, partyId, scopes }: TokenOfKey): KeyClaims =>
  ({ sub: keyId, org: organisationId, kind: organisationKind, party: partyId, scopes: [...scopes], name });

/** Undefined when the claims are not ours. It proved no second factor and never will, and it ends with its key. */
export function keyPrincipalOf(payload: unknown, issuedAt: number): Principal | undefined {
  const { success, data } = keyClaimsSchema.safeParse(payload);
  if (!success) return undefined;
  return {
    userId: data.sub, organisationId: data.org, organisationKind: data.kind, partyId: data.party, roles: rolesOf(data.scopes),
    name: data.name, amr: ['key'], authTime: issuedAt, secondFactorTime: null, endsWith: [data.sub], key: { keyId: data.sub, scopes: data.scopes },
  };
}
