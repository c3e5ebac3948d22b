// The SQL of `organisation` and `membership`.
import type { OrganisationKind, Role } from '#libs/auth';
import type { Sql, Tx } from '#libs/persistence';

export type Organisation = Readonly<{ organisationId: string; kind: OrganisationKind; name: string; partyId: string | null }>;
export type Membership = Organisation & Readonly<{ roles: Role[] }>;

/** False when the party has an organisation already. */
export async function insertOrganisation(tx: Tx, { organisationId, kind, name, partyId }: Organisation): Promise<boolean> {
  const inserted = await tx.sql.$executeRaw`
    insert into identity.organisation (id, kind, name, party_id, created_by, created_at)
    values (${organisationId}::uuid, ${kind}, ${name}, ${partyId}::uuid, ${tx.origin.actor.id}, ${tx.now}::timestamptz)
    on conflict do nothing`;
  return inserted === 1;
}

export async function findOrganisation(sql: Sql, organisationId: string): Promise<Organisation | undefined> {
  const [row] = await sql.$queryRaw<Organisation[]>`
    select id as "organisationId", kind, name, party_id as "partyId"
    from identity.organisation where id = ${organisationId}::uuid`;
  return row;
}

export async function insertMembership(
  tx: Tx, userId: string, { organisationId, kind }: Organisation, roles: readonly Role[],
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into identity.membership (user_id, organisation_id, kind, roles, created_by, created_at)
    values (${userId}::uuid, ${organisationId}::uuid, ${kind}, ${roles}::text[], ${tx.origin.actor.id}, ${tx.now}::timestamptz)`;
}

export async function isMember(sql: Sql, userId: string, organisationId: string): Promise<boolean> {
  const rows = await sql.$queryRaw<unknown[]>`
    select 1 from identity.membership where user_id = ${userId}::uuid and organisation_id = ${organisationId}::uuid`;
  return rows.length > 0;
}

/** The oldest first: who says nothing acts for the organisation that they joined first. */
export async function membershipsOf(sql: Sql, userId: string, countMax: number): Promise<Membership[]> {
  return sql.$queryRaw<Membership[]>`
    select o.id as "organisationId", o.kind, o.name, o.party_id as "partyId", m.roles
    from identity.membership m join identity.organisation o on o.id = m.organisation_id
    where m.user_id = ${userId}::uuid order by m.created_at, o.id limit ${countMax}`;
}
