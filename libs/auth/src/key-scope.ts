// What a program may do that holds a key of an organisation. A scope opens the routes that name it (`keyScope` of `@Api`) and nothing else:
// what names none is closed to every key. Few at first; one more is a word in `KEY_SCOPES`, its kind and role here, and the routes that
// name it.
import { KEY_SCOPES, type KeyScope, type OrganisationKind, type Role } from './principal.js';

/** Of which kind of organisation a key may have it, and in which role it then asks. Nobody gives one to the operator or to auditors. */
export const SCOPE_RULES: Readonly<Record<KeyScope, Readonly<{ kind: OrganisationKind; role: Role }>>> = {
  'vouchers.redeem': { kind: 'place', role: 'till' },
  'redemptions.read': { kind: 'place', role: 'till' },
  'statements.read': { kind: 'place', role: 'manager' },
  'orders.read': { kind: 'payer', role: 'payer' },
  'stock.read': { kind: 'distributor', role: 'distributor' },
};

export const scopesFor = (kind: OrganisationKind): readonly KeyScope[] => KEY_SCOPES.filter((scope) => SCOPE_RULES[scope].kind === kind);

/** The roles that a route asks for are had by the scopes alone, so that a key is never more than what was ticked. */
export const rolesOf = (scopes: readonly KeyScope[]): readonly Role[] => [...new Set(scopes.map((scope) => SCOPE_RULES[scope].role))];
