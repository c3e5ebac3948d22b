// Incidents: the lines that they correct, and what became of each.
import { cents, type Cents, type ClaimLineId, type IncidentId, type PayeeId, type RedemptionId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { personOf } from '../settlement.work.js';
import type { DecidedIncident } from './incident.commands.js';
import type { CorrectedLine, Incident, IncidentKind } from './incident.decision.js';

export type FoundLine = CorrectedLine & Readonly<{ claimLineId: ClaimLineId }>;

/** The line that owes a redemption. The caller holds the lock of closings, so that a line is in a statement or is not. */
export async function readLine(tx: Tx, redemptionId: RedemptionId): Promise<FoundLine | undefined> {
  const [row] = await tx.sql.$queryRaw<(Omit<FoundLine, 'gross'> & { gross: bigint })[]>`
    select c.id as "claimLineId", c.gross,
      exists (select from settlement.claim_line u where u.redemption_id = c.redemption_id and u.undo_id is not null) as undone,
      exists (select from settlement.statement s join settlement.statement_line l on l.statement_id = s.id
        where s.payee_id = c.payee_id and s.custody_account_id = c.custody_account_id and l.claim_line_id = c.id
          and l.incident_id is null) as stated,
      exists (select from settlement.incident i left join settlement.incident_decision d on d.incident_id = i.id
        where i.claim_line_id = c.id and d.outcome is distinct from 'cancelled') as corrected
    from settlement.claim_line c where c.redemption_id = ${redemptionId}::uuid and c.undo_id is null`;
  return row && { ...row, gross: cents(row.gross) };
}

type NewRow = Readonly<{ incidentId: IncidentId; claimLineId: ClaimLineId; kind: IncidentKind; amount: Cents; note: string }>;

export async function insertIncident(tx: Tx, { incidentId, claimLineId, kind, amount, note }: NewRow): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.incident (id, kind, claim_line_id, redemption_id, payee_id, custody_account_id, place_id, programme_id, batch_id,
      fee_rule_version, service_date, amount, currency, note, created_by, created_at)
    select ${incidentId}::uuid, ${kind}, c.id, c.redemption_id, c.payee_id, c.custody_account_id, c.place_id, c.programme_id, c.batch_id,
      c.fee_rule_version, c.service_date, ${amount}::bigint, c.currency, ${note}, ${personOf(tx)}, ${tx.now}
    from settlement.claim_line c where c.id = ${claimLineId}::uuid`;
}

export type StoredIncident = Incident & Readonly<{
  claimLineId: ClaimLineId; redemptionId: RedemptionId; payeeId: PayeeId; custodyAccountId: string; placeId: string; batchId: string;
  amount: Cents;
}>;

export async function readIncident(tx: Tx, id: IncidentId): Promise<StoredIncident | undefined> {
  const [row] = await tx.sql.$queryRaw<(Omit<StoredIncident, 'amount'> & { amount: bigint })[]>`
    select i.claim_line_id as "claimLineId", i.redemption_id as "redemptionId", i.payee_id as "payeeId", i.custody_account_id as "custodyAccountId",
      i.place_id as "placeId", i.batch_id as "batchId", i.kind, i.amount, i.created_by as "createdBy", d.outcome
    from settlement.incident i left join settlement.incident_decision d on d.incident_id = i.id where i.id = ${id}::uuid`;
  return row && { ...row, amount: cents(row.amount) };
}

type NewOutcome = Readonly<{ incidentId: IncidentId; outcome: DecidedIncident['state']; note: string }>;

/** Answers the number by which it counts: the first after everything that is closed, or closing. */
export async function insertOutcome(tx: Tx, { incidentId, outcome, note }: NewOutcome): Promise<number | null> {
  const [row] = await tx.sql.$queryRaw<{ dueSeq: bigint | null }[]>`
    insert into settlement.incident_decision (incident_id, claim_line_id, outcome, due_seq, note, decided_by, decided_at)
    select i.id, i.claim_line_id, ${outcome}, case when ${outcome} = 'validated' then (select max(up_to_seq) + 1 from settlement.statement_closing) end,
      ${note}, ${personOf(tx)}, ${tx.now}
    from settlement.incident i where i.id = ${incidentId}::uuid returning due_seq as "dueSeq"`;
  return row!.dueSeq === null ? null : Number(row!.dueSeq);
}
