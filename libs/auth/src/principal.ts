// Who is calling, as far as the services care: one person, acting for one organisation, with the roles held there;
// or a program, by a key of that organisation.

export const ROLES = ['payer', 'till', 'manager', 'distributor', 'operator', 'approver', 'helper', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

export const ORGANISATION_KINDS = ['payer', 'place', 'distributor', 'operator', 'auditor'] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

/** What a key of an organisation may be made for; `SCOPE_RULES` says of each by whom and in which role. */
export const KEY_SCOPES = ['vouchers.redeem', 'redemptions.read', 'statements.read', 'orders.read', 'stock.read'] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

/**
 * Which roles a membership may hold, by the kind of its organisation. A payer cannot be made an approver: the people
 * who order money and the people who release it belong to different organisations.
 */
export const ROLES_OF_KIND: Readonly<Record<OrganisationKind, readonly Role[]>> = {
  payer: ['payer'],
  place: ['till', 'manager'],
  distributor: ['distributor'],
  operator: ['operator', 'approver', 'helper'],
  auditor: ['auditor'],
};

/** What somebody let an auditing body look at; an empty list narrows nothing. Plain uuids. */
export type Mandate = Readonly<{ mandateId: string; programmeIds: readonly string[]; payerIds: readonly string[] }>;

/** Of an auditing body: what is in force now, and whether anything ever was. */
export type Mandates = Readonly<{ inForce: readonly Mandate[]; hadOne: boolean }>;

export type Principal = Readonly<{
  userId: string;
  organisationId: string;
  organisationKind: OrganisationKind;
  /** The payer's, the place's or the distributor's own id (plain uuid); null for the operator and for auditors. */
  partyId: string | null;
  roles: readonly Role[];
  /** What people read in a history; never used to decide. */
  name: string;
  /** How the person proved who they are (RFC 8176), e.g. `pwd`. */
  amr: readonly string[];
  /** Seconds since 1970 of the sign-in behind this token, not of the token. */
  authTime: number;
  /** Seconds since 1970 of the last proof of a second factor in that sign-in; null when there was none. */
  secondFactorTime: number | null;
  /** Ids of the sign-in, the membership and the mandates that the token stands on: it ends with any. Absent where it only runs out. */
  endsWith?: readonly string[] | undefined;
  /** Of somebody who acts for an auditing body; nobody else has any. */
  mandates?: Mandates | undefined;
  /** Of a program that asks by a key of the organisation, where everybody else is a person. `userId` is the key's id then. */
  key?: Readonly<{ keyId: string; scopes: readonly KeyScope[] }> | undefined;
  /** Of somebody of the operator who looks as this organisation, and changes nothing. `userId` and `name` are theirs: who really asks. */
  impersonation?: Readonly<{ impersonationId: string }> | undefined;
}>;
