// The SQL of `organisation`, `membership` and its confirmations; audit is told of each row where it is written, so that none comes without.
import type { OrganisationKind, Role } from '#libs/auth';
import { MemberAddedV1, MemberConfirmedV1, MemberRemovedV1, OrganisationCreatedV1 } from '#libs/contracts';
import type { Sql, Tx } from '#libs/persistence';
import { endImpersonations } from './impersonations/impersonation.store.js';
import { insertRevocations } from './revocations/revocation.store.js';
import type { ProposedMember } from './confirm-member/confirm-member.decision.js';
import type { ProposedMemberRow } from './confirm-member/list-proposed-members.query.js';

export type Organisation = Readonly<{ organisationId: string; kind: OrganisationKind; name: string; partyId: string | null }>;
/** `membershipId` is named by tokens: they end with it. */
export type Membership = Organisation & Readonly<{ membershipId: string; roles: Role[] }>;

/** False when the party has an organisation already. */
export async function insertOrganisation(tx: Tx, { organisationId, kind, name, partyId }: Organisation): Promise<boolean> {
  const inserted = await tx.sql.$executeRaw`
    insert into identity.organisation (id, kind, name, party_id, created_by, created_at)
    values (${organisationId}::uuid, ${kind}, ${name}, ${partyId}::uuid, ${tx.origin.actor.id}, ${tx.now}::timestamptz)
    on conflict do nothing`;
  if (inserted === 1) await tx.emit(OrganisationCreatedV1, { subject: `organisation:${organisationId}`, body: { organisationId, kind, partyId } });
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
  await tx.emit(MemberAddedV1, { subject: `user:${userId}`, body: { organisationId, userId, kind, roles: [...roles] } });
}

/** Of two who end or change one membership the second sees what the first did. Undefined where none is open. */
export async function lockMembership(tx: Tx, userId: string, organisationId: string): Promise<OpenMembership | undefined> {
  const [row] = await tx.sql.$queryRaw<OpenMembership[]>`
    select id as "membershipId", user_id as "userId", organisation_id as "organisationId", kind, roles from identity.membership
    where user_id = ${userId}::uuid and organisation_id = ${organisationId}::uuid and ended_at is null for update`;
  return row;
}

export type OpenMembership = Readonly<{
  membershipId: string; userId: string; organisationId: string; kind: OrganisationKind; roles: Role[];
}>;

/** Tokens that name it end within seconds. */
export async function endMembership(tx: Tx, { membershipId, userId, organisationId }: OpenMembership): Promise<void> {
  await tx.sql.$executeRaw`
    update identity.membership set ended_at = ${tx.now}::timestamptz, ended_by = ${tx.origin.actor.id} where id = ${membershipId}::uuid`;
  await insertRevocations(tx, 'membership', [membershipId]);
  await endImpersonations(tx, { membershipId }, 'right');
  await tx.emit(MemberRemovedV1, { subject: `user:${userId}`, body: { organisationId, userId } });
}

export async function isActive(tx: Tx, membershipId: string): Promise<boolean> {
  const rows = await tx.sql.$queryRaw<unknown[]>`select 1 from identity.active_membership where id = ${membershipId}::uuid`;
  return rows.length > 0;
}

/**
 * Of the operator, without one of them: who may still propose and who may still confirm. Two endings queue here, so that the second
 * sees what the first left.
 */
export async function operatorWithout(
  tx: Tx, organisationId: string, userId: string,
): Promise<Readonly<{ people: number; approvers: number }>> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended('identity:operator', 0))`;
  const [row] = await tx.sql.$queryRaw<{ people: number; approvers: number }[]>`
    select count(*)::int as people, count(*) filter (where 'approver' = any(m.roles))::int as approvers
    from identity.active_membership m where m.organisation_id = ${organisationId}::uuid and m.user_id <> ${userId}::uuid`;
  return row!;
}

export async function isMember(sql: Sql, userId: string, organisationId: string): Promise<boolean> {
  const rows = await sql.$queryRaw<unknown[]>`
    select 1 from identity.membership where user_id = ${userId}::uuid and organisation_id = ${organisationId}::uuid and ended_at is null`;
  return rows.length > 0;
}

/** Of every organisation that the person is a member of, those that wait for confirmation too. */
export async function kindsOf(sql: Sql, userId: string): Promise<string[]> {
  const rows = await sql.$queryRaw<{ kind: string }[]>`
    select distinct kind from identity.membership where user_id = ${userId}::uuid and ended_at is null order by kind`;
  return rows.map(({ kind }) => kind);
}

/** The oldest first, without those that wait for confirmation: who says nothing acts for the organisation that they joined first. */
export async function membershipsOf(sql: Sql, userId: string, countMax: number): Promise<Membership[]> {
  return sql.$queryRaw<Membership[]>`
    select o.id as "organisationId", o.kind, o.name, o.party_id as "partyId", m.roles, m.id as "membershipId"
    from identity.active_membership m join identity.organisation o on o.id = m.organisation_id
    where m.user_id = ${userId}::uuid order by m.created_at, o.id limit ${countMax}`;
}

/** The operator's organisation while it has one person; a second one may then be made by the machine's owner. */
export async function findOnlyOperator(sql: Sql): Promise<Organisation | undefined> {
  const rows = await sql.$queryRaw<Organisation[]>`
    select o.id as "organisationId", o.kind, o.name, o.party_id as "partyId"
    from identity.membership m join identity.organisation o on o.id = m.organisation_id where m.kind = 'operator'`;
  return rows.length === 1 ? rows[0] : undefined;
}

/** The operator's organisation that never had a person here: rows of memberships that ended stay, so another operator has ceded it. */
export async function findDesertedOperator(sql: Sql): Promise<Organisation | undefined> {
  const [row] = await sql.$queryRaw<Organisation[]>`
    select o.id as "organisationId", o.kind, o.name, o.party_id as "partyId" from identity.organisation o
    where o.kind = 'operator' and not exists (select from identity.membership m where m.organisation_id = o.id)`;
  return row;
}

/** Two confirmations of one member queue here, so that the second sees the first. */
export async function lockProposedMember(tx: Tx, userId: string, organisationId: string): Promise<ProposedMember | undefined> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`identity:member:${userId}:${organisationId}`}, 0))`;
  const [row] = await tx.sql.$queryRaw<ProposedMember[]>`
    select m.user_id as "userId", m.created_by as "proposedBy", m.roles, c.user_id is not null as "isConfirmed"
    from identity.membership m left join identity.membership_confirmation c on c.membership_id = m.id
    where m.user_id = ${userId}::uuid and m.organisation_id = ${organisationId}::uuid and m.kind = 'operator' and m.ended_at is null`;
  return row;
}

export async function insertConfirmation(tx: Tx, userId: string, organisationId: string, confirmedBy: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into identity.membership_confirmation (user_id, organisation_id, confirmed_by, confirmed_at)
    values (${userId}::uuid, ${organisationId}::uuid, ${confirmedBy}, ${tx.now}::timestamptz)`;
  await tx.emit(MemberConfirmedV1, { subject: `user:${userId}`, body: { organisationId, userId } });
}

export const listProposedMembers = (sql: Sql, organisationId: string, countMax: number): Promise<ProposedMemberRow[]> =>
  sql.$queryRaw<ProposedMemberRow[]>`
    select u.id as "userId", u.name, u.email, m.roles, m.created_by as "proposedBy", m.created_at as "proposedAt"
    from identity.membership m join identity."user" u on u.id = m.user_id
    where m.organisation_id = ${organisationId}::uuid and m.kind = 'operator' and m.ended_at is null
      and not exists (select from identity.membership_confirmation c where c.membership_id = m.id)
    order by m.created_at, u.id limit ${countMax}`;
