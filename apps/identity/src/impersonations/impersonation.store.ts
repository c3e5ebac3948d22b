// The SQL of impersonations and of what was read under them. Real time throughout: their tokens run by it.
import type { ImpersonatedKind, Role } from '#libs/auth';
import { ImpersonationBegunV1, ImpersonationEndedV1, type BodyOf, type ImpersonationReadV1 } from '#libs/contracts';
import type { Sql, Tx } from '#libs/persistence';
import { insertRevocations } from '../revocations/revocation.store.js';
import type { HeldImpersonation } from './impersonation.decision.js';

export type NewImpersonation = Readonly<{
  impersonationId: string; userId: string; sessionId: string; membershipId: string; organisationId: string; kind: ImpersonatedKind;
  role: Role;
  reason: string; minutes: number;
}>;

type Standing = Readonly<{ sessionId: string; membershipId: string }>;

/** Of what the token of the asker stands on: which of it is the sign-in, and which the membership. */
export async function standing(sql: Sql, userId: string, endsWith: readonly string[]): Promise<Standing | undefined> {
  const [row] = await sql.$queryRaw<Standing[]>`
    select s.id as "sessionId", m.id as "membershipId" from identity.session s join identity.active_membership m on m.user_id = s.user_id
    where s.user_id = ${userId}::uuid and s.id = any (${endsWith}::uuid[]) and m.id = any (${endsWith}::uuid[])`;
  return row;
}

/** Two that one person begins queue here, so that the second sees the first. */
export async function hasOpenImpersonation(tx: Tx, userId: string): Promise<boolean> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`identity:impersonation:${userId}`}, 0))`;
  const rows = await tx.sql.$queryRaw<unknown[]>`
    select 1 from identity.impersonation where user_id = ${userId}::uuid and ended_at is null and expires_at > clock_timestamp()`;
  return rows.length > 0;
}

/** Until when at most; not beyond its sign-in. */
export async function insertImpersonation(tx: Tx, begun: NewImpersonation): Promise<Date> {
  const { impersonationId, userId, organisationId, role } = begun;
  const [row] = await tx.sql.$queryRaw<{ expiresAt: Date }[]>`
    insert into identity.impersonation (id, user_id, session_id, membership_id, organisation_id, kind, role, reason, begun_at, expires_at)
    select ${impersonationId}::uuid, ${userId}::uuid, s.id, ${begun.membershipId}::uuid, ${organisationId}::uuid, ${begun.kind}, ${role}, ${begun.reason},
      now, least(now + make_interval(mins => ${begun.minutes}), s.expires_at)
    from identity.session s, clock_timestamp() now where s.id = ${begun.sessionId}::uuid
    returning expires_at as "expiresAt"`;
  await tx.emit(ImpersonationBegunV1, {
    subject: `impersonation:${impersonationId}`, body: { impersonationId, organisationId, userId, role, expiresAt: row!.expiresAt.toISOString() },
  });
  return row!.expiresAt;
}

export type FoundImpersonation = HeldImpersonation & Readonly<{
  impersonationId: string; membershipId: string; organisationId: string; organisationName: string; kind: ImpersonatedKind;
  partyId: string; role: Role; now: Date;
}>;

export async function findImpersonation(sql: Sql, impersonationId: string): Promise<FoundImpersonation | undefined> {
  const [row] = await sql.$queryRaw<FoundImpersonation[]>`
    select i.id as "impersonationId", i.user_id as "userId", i.session_id as "sessionId", i.membership_id as "membershipId",
      i.organisation_id as "organisationId", o.name as "organisationName", i.kind, o.party_id as "partyId", i.role, i.expires_at as "expiresAt",
      i.ended_at as "endedAt", clock_timestamp() as now,
      exists (select from identity.active_membership m where m.id = i.membership_id and 'helper' = any (m.roles)) as "hasRight"
    from identity.impersonation i join identity.organisation o on o.id = i.organisation_id where i.id = ${impersonationId}::uuid`;
  return row;
}

export type Ending = BodyOf<typeof ImpersonationEndedV1>['by'];
type Which = Readonly<{ only: string }> | Readonly<{ sessionIds: readonly string[] }> | Readonly<{ membershipId: string }>;

/** Its tokens are refused within seconds. Of those that are open; one that ran out ended by itself. */
export async function endImpersonations(tx: Tx, which: Which, by: Ending): Promise<number> {
  const [only, membershipId] = ['only' in which ? which.only : null, 'membershipId' in which ? which.membershipId : null];
  const sessionIds = 'sessionIds' in which ? which.sessionIds : [];
  const ended = await tx.sql.$queryRaw<{ impersonationId: string; organisationId: string; userId: string }[]>`
    update identity.impersonation set ended_at = clock_timestamp(), ended_by = ${by}
    where ended_at is null and expires_at > clock_timestamp()
      and (id = ${only}::uuid or membership_id = ${membershipId}::uuid or session_id = any (${sessionIds}::uuid[]))
    returning id as "impersonationId", organisation_id as "organisationId", user_id as "userId"`;
  await insertRevocations(tx, 'impersonation', ended.map(({ impersonationId }) => impersonationId));
  for (const one of ended) await tx.emit(ImpersonationEndedV1, { subject: `impersonation:${one.impersonationId}`, subjectVersion: 2, body: { ...one, by } });
  return ended.length;
}

/** `id`: of the message; one that comes twice, or that identity told itself, is one reading. */
export async function insertImpersonationReading(
  tx: Tx, id: string, { impersonationId, method, route, asked }: BodyOf<typeof ImpersonationReadV1>, readAt: Date,
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into identity.impersonation_reading (id, impersonation_id, method, route, asked, read_at)
    values (${id}::uuid, ${impersonationId}::uuid, ${method}, ${route}, ${asked}, ${readAt}::timestamptz) on conflict (id) do nothing`;
}

export type ImpersonationRow = Readonly<{
  impersonationId: string; organisationId: string; organisationName: string; userId: string; userName: string; role: Role; reason: string;
  begunAt: Date; expiresAt: Date; endedAt: Date | null; endedBy: Ending | null; isOpen: boolean; readingCount: number;
}>;
export type ImpersonationFilter = Readonly<{ organisationId?: string | undefined; impersonationId?: string | undefined }>;

/** The newest first. */
export const listImpersonations = (
  sql: Sql, { organisationId, impersonationId }: ImpersonationFilter, limit: number, below: string | null,
): Promise<ImpersonationRow[]> => sql.$queryRaw<ImpersonationRow[]>`
  select i.id as "impersonationId", i.organisation_id as "organisationId", o.name as "organisationName", i.user_id as "userId", u.name as "userName",
    i.role, i.reason, i.begun_at as "begunAt", i.expires_at as "expiresAt", i.ended_at as "endedAt", i.ended_by as "endedBy",
    i.ended_at is null and i.expires_at > clock_timestamp() as "isOpen",
    (select count(*)::int from identity.impersonation_reading r where r.impersonation_id = i.id) as "readingCount"
  from identity.impersonation i join identity.organisation o on o.id = i.organisation_id join identity."user" u on u.id = i.user_id
  where (${organisationId ?? null}::uuid is null or i.organisation_id = ${organisationId ?? null}::uuid)
    and (${impersonationId ?? null}::uuid is null or i.id = ${impersonationId ?? null}::uuid) and (${below}::uuid is null or i.id < ${below}::uuid)
  order by i.id desc limit ${limit}`;

export type ImpersonationReadingRow = Readonly<{ readingId: string; method: string; route: string; asked: string; readAt: Date }>;
export type ReadingCursor = readonly [at: string, id: string];

/** In the order in which they were made. `organisationId`: whose they have to be; null for the operator. */
export const listImpersonationReadings = (
  sql: Sql, impersonationId: string, organisationId: string | null, limit: number, after: ReadingCursor | null,
): Promise<ImpersonationReadingRow[]> => sql.$queryRaw<ImpersonationReadingRow[]>`
  select r.id as "readingId", r.method, r.route, r.asked, r.read_at as "readAt"
  from identity.impersonation_reading r join identity.impersonation i on i.id = r.impersonation_id
  where i.id = ${impersonationId}::uuid and (${organisationId}::uuid is null or i.organisation_id = ${organisationId}::uuid)
    and (${after?.[0] ?? null}::timestamptz is null or (r.read_at, r.id) > (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid))
  order by r.read_at, r.id limit ${limit}`;

export type NamedOrganisation = Readonly<{ organisationId: string; kind: ImpersonatedKind; name: string }>;

/** Whose portal could be looked at, by a part of their name. */
export const organisationsNamed = (sql: Sql, named: string, countMax: number): Promise<NamedOrganisation[]> => sql.$queryRaw<NamedOrganisation[]>`
  select id as "organisationId", kind, name from identity.organisation
  where kind in ('payer', 'place', 'distributor') and party_id is not null and position(lower(${named}) in lower(name)) > 0
  order by length(name), name, id limit ${countMax}`;
