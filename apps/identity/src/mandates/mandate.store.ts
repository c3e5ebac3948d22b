// The SQL of mandates: proposed, confirmed, ended; rows only come.
import type { LocalDate } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { GivenMandate, WaitingMandate } from './mandate.decision.js';
import { insertRevocations } from '../revocations/revocation.store.js';

export type MandateRow = Readonly<{
  mandateId: string; organisationId: string; organisationName: string; programmeIds: string[]; payerIds: string[];
  from: LocalDate; until: LocalDate;
  purpose: string; payerId: string | null; proposedBy: string; proposedAt: Date; confirmedBy: string | null;
  endedBy: string | null; endedAt: Date | null;
}>;
export type NewMandate = Pick<MandateRow, 'mandateId' | 'organisationId' | 'from' | 'until' | 'purpose' | 'payerId' | 'proposedBy'>
  & Readonly<{ programmeIds: readonly string[]; payerIds: readonly string[] }>;
export type FoundMandate = WaitingMandate & Pick<MandateRow, 'mandateId' | 'organisationId' | 'programmeIds' | 'payerIds' | 'from' | 'until'>;

/** Two who give the same body a mandate queue here, so that the second counts the first. */
export async function lockMandatesOf(tx: Tx, organisationId: string): Promise<void> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`identity:mandates:${organisationId}`}, 0))`;
}

/** Given or waiting and not ended, with a day in common with these. */
export async function countMeeting(sql: Sql, organisationId: string, from: LocalDate, until: LocalDate): Promise<number> {
  const [row] = await sql.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from identity.mandate m
    where m.organisation_id = ${organisationId}::uuid and m.first_day <= ${until}::date and m.last_day >= ${from}::date
      and not exists (select from identity.mandate_end e where e.mandate_id = m.id)`;
  return row!.count;
}

export async function insertMandate(tx: Tx, mandate: NewMandate): Promise<void> {
  await tx.sql.$executeRaw`
    insert into identity.mandate (id, organisation_id, programme_ids, payer_ids, first_day, last_day, purpose, payer_id, proposed_by, proposed_at)
    values (${mandate.mandateId}::uuid, ${mandate.organisationId}::uuid, ${mandate.programmeIds}::uuid[], ${mandate.payerIds}::uuid[], ${mandate.from}::date,
      ${mandate.until}::date, ${mandate.purpose}, ${mandate.payerId}::uuid, ${mandate.proposedBy}::uuid, ${tx.now}::timestamptz)`;
}

/** Confirming and ending one queue here, so that the second sees the first. */
export async function lockMandate(tx: Tx, mandateId: string): Promise<FoundMandate | undefined> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`identity:mandate:${mandateId}`}, 0))`;
  const [row] = await tx.sql.$queryRaw<FoundMandate[]>`
    select m.id as "mandateId", m.organisation_id as "organisationId", m.programme_ids as "programmeIds", m.payer_ids as "payerIds",
      m.first_day::text as "from", m.last_day::text as "until", m.last_day::text as "lastDay", m.payer_id as "payerId", m.proposed_by as "proposedBy",
      c.mandate_id is not null as "isConfirmed", e.mandate_id is not null as "hasEnded"
    from identity.mandate m left join identity.mandate_confirmation c on c.mandate_id = m.id left join identity.mandate_end e on e.mandate_id = m.id
    where m.id = ${mandateId}::uuid`;
  return row;
}

export async function insertMandateConfirmation(tx: Tx, mandateId: string, confirmedBy: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into identity.mandate_confirmation values (${mandateId}::uuid, ${confirmedBy}::uuid, ${tx.now}::timestamptz)`;
}

export async function insertMandateEnd(tx: Tx, mandateId: string, endedBy: string): Promise<void> {
  await tx.sql.$executeRaw`insert into identity.mandate_end values (${mandateId}::uuid, ${endedBy}::uuid, ${tx.now}::timestamptz)`;
  await insertRevocations(tx, 'mandate', [mandateId]);
}

/** Of an auditing body, all that were ever given, the oldest first. */
export const givenMandates = (sql: Sql, organisationId: string): Promise<GivenMandate[]> => sql.$queryRaw<GivenMandate[]>`
  select id as "mandateId", programme_ids as "programmeIds", payer_ids as "payerIds", first_day::text as "firstDay", last_day::text as "lastDay",
    ended_at is not null as "hasEnded"
  from identity.given_mandate where organisation_id = ${organisationId}::uuid order by given_at, id`;

export type MandateFilter = Readonly<{ payerId?: string; organisationId?: string; mandateId?: string }>;

export const listMandates = (
  sql: Sql, { payerId, organisationId, mandateId }: MandateFilter, limit: number, below: string | null,
): Promise<MandateRow[]> =>
  sql.$queryRaw<MandateRow[]>`
    select m.id as "mandateId", m.organisation_id as "organisationId", o.name as "organisationName", m.programme_ids as "programmeIds",
      m.payer_ids as "payerIds", m.first_day::text as "from", m.last_day::text as "until", m.purpose, m.payer_id as "payerId",
      m.proposed_by as "proposedBy", m.proposed_at as "proposedAt", c.confirmed_by as "confirmedBy", e.ended_by as "endedBy", e.ended_at as "endedAt"
    from identity.mandate m join identity.organisation o on o.id = m.organisation_id
      left join identity.mandate_confirmation c on c.mandate_id = m.id left join identity.mandate_end e on e.mandate_id = m.id
    where (${payerId ?? null}::uuid is null or m.payer_id = ${payerId ?? null}::uuid)
      and (${organisationId ?? null}::uuid is null or m.organisation_id = ${organisationId ?? null}::uuid)
      and (${mandateId ?? null}::uuid is null or m.id = ${mandateId ?? null}::uuid)
      and (${below}::uuid is null or m.id < ${below}::uuid)
    order by m.id desc limit ${limit}`;

export type AuditingBody = Readonly<{ organisationId: string; name: string }>;

export const listAuditingBodies = (sql: Sql, limit: number, above: string | null): Promise<AuditingBody[]> => sql.$queryRaw<AuditingBody[]>`
  select id as "organisationId", name from identity.organisation
  where kind = 'auditor' and (${above}::uuid is null or id > ${above}::uuid) order by id limit ${limit}`;
