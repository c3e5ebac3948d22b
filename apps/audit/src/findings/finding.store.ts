// The SQL of findings and what followed each.
import type { Sql, Tx } from '#libs/persistence';
import type { Addressee, FindingState, Outcome, Reader, Severity, StepName } from './finding.decision.js';

export type FindingStep = Readonly<{
  version: number; step: StepName; text: string; outcome: Outcome | null; late: boolean | null; by: string;
  organisationId: string; at: string;
}>;
export type Finding = FindingState & Readonly<{
  findingId: string; mandateIds: readonly string[]; sampleId: string | null; position: number | null;
  eventId: string | null; title: string; observation: string;
  severity: Severity; raisedBy: string; raisedAt: Date; steps: readonly FindingStep[];
}>;
export type NewFinding = Omit<Finding, 'isClosed' | 'eventId' | 'raisedAt' | 'steps'>;

export async function insertFinding(tx: Tx, finding: NewFinding): Promise<void> {
  const { addressee } = finding;
  await tx.sql.$executeRaw`
    insert into audit.finding (id, organisation_id, mandate_ids, sample_id, position, title, observation, severity, addressee, party_id, reply_due,
      raised_by, raised_at)
    values (${finding.findingId}::uuid, ${finding.organisationId}::uuid, ${finding.mandateIds}::uuid[], ${finding.sampleId}::uuid, ${finding.position}::int,
      ${finding.title}, ${finding.observation}, ${finding.severity}, ${addressee.kind}, ${addressee.kind === 'operator' ? null : addressee.partyId}::uuid,
      ${finding.replyDue}::date, ${finding.raisedBy}::uuid, ${tx.now}::timestamptz)`;
}

/** Two steps of one finding queue here, so that the second sees the first. */
export async function lockFinding(tx: Tx, findingId: string): Promise<Finding | undefined> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`audit:finding:${findingId}`}, 0))`;
  return findFinding(tx.sql, findingId);
}

export async function insertStep(tx: Tx, findingId: string, step: Omit<FindingStep, 'at'>): Promise<void> {
  await tx.sql.$executeRaw`
    insert into audit.finding_step (finding_id, version, step, text, outcome, late, written_by, organisation_id, written_at)
    values (${findingId}::uuid, ${step.version}::int, ${step.step}, ${step.text}, ${step.outcome}, ${step.late}::boolean, ${step.by}::uuid,
      ${step.organisationId}::uuid, ${tx.now}::timestamptz)`;
}

export async function findFinding(sql: Sql, findingId: string): Promise<Finding | undefined> {
  return (await select(sql, { findingId, reader: null, below: null, limit: 1 }))[0];
}

/** Those that the reader raised, or that are addressed to it; the newest first. */
export const listFindings = (sql: Sql, reader: Reader, limit: number, below: string | null): Promise<Finding[]> =>
  select(sql, { findingId: null, reader, below, limit });

type Wanted = Readonly<{ findingId: string | null; reader: Reader | null; below: string | null; limit: number }>;
type Row = Omit<Finding, 'addressee' | 'isClosed'> & Readonly<{ kind: Addressee['kind']; partyId: string | null }>;

async function select(sql: Sql, { findingId, reader, below, limit }: Wanted): Promise<Finding[]> {
  const rows = await sql.$queryRaw<Row[]>`
    select f.id as "findingId", f.organisation_id as "organisationId", f.mandate_ids as "mandateIds", f.sample_id as "sampleId", f.position,
      i.event_id as "eventId", f.title, f.observation, f.severity, f.addressee as kind, f.party_id as "partyId", f.reply_due::text as "replyDue",
      f.raised_by as "raisedBy", f.raised_at as "raisedAt",
      coalesce((select jsonb_agg(jsonb_build_object('version', s.version, 'step', s.step, 'text', s.text, 'outcome', s.outcome, 'late', s.late,
        'by', s.written_by, 'organisationId', s.organisation_id, 'at', to_char(s.written_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by s.version)
        from audit.finding_step s where s.finding_id = f.id), '[]') as steps
    from audit.finding f left join audit.sample_item i on i.sample_id = f.sample_id and i.position = f.position
    where (${findingId}::uuid is null or f.id = ${findingId}::uuid) and (${below}::uuid is null or f.id < ${below}::uuid)
      and (${reader?.organisationKind ?? null}::text is null
        or case when ${reader?.organisationKind ?? null}::text = 'auditor' then f.organisation_id = ${reader?.organisationId ?? null}::uuid
          else f.addressee = ${reader?.organisationKind ?? null}::text and f.party_id is not distinct from ${reader?.partyId ?? null}::uuid end)
    order by f.id desc limit ${limit}`;
  return rows.map(({ kind, partyId, ...row }): Finding => ({
    ...row, addressee: kind === 'operator' ? { kind } : { kind, partyId: partyId! }, isClosed: row.steps.some(({ step }) => step === 'closed'),
  }));
}
