import { cents, type RedemptionId, type StatementId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import type { Reader } from '../reader.js';
import type { OpenLine } from './parts.decision.js';

/** Statements in whose numbers a line of the redemption may count: by its own number, that of its release, or that of an incident. */
export const statementsAround = (sql: Sql, redemptionId: RedemptionId): Promise<{ id: StatementId }[]> => sql.$queryRaw`
  with line as (select * from settlement.claim_line where redemption_id = ${redemptionId}::uuid),
  due as (
    select payee_id, custody_account_id, source_seq as seq from line
    union select l.payee_id, l.custody_account_id, d.due_seq from line l join settlement.held_line h on h.claim_line_id = l.id
      join settlement.hold_decision d on d.hold_id = h.hold_id and d.due_seq is not null
    union select i.payee_id, i.custody_account_id, d.due_seq from settlement.incident i
      join settlement.incident_decision d on d.incident_id = i.id and d.due_seq is not null
      where i.claim_line_id in (select id from line))
  select distinct s.id from settlement.statement s join due d on d.payee_id = s.payee_id and d.custody_account_id = s.custody_account_id
    and d.seq > coalesce(s.from_seq, 0) and d.seq <= s.up_to_seq order by 1`;

type LineWire = Omit<OpenLine, 'gross'> & { gross: bigint };

/** All that the redemption made owed, or took back, with validated incidents; `state` as if no statement had it. A place finds its own. */
export async function linesOfRedemption(sql: Sql, { placeId }: Reader, redemptionId: RedemptionId): Promise<OpenLine[]> {
  const rows = await sql.$queryRaw<LineWire[]>`
    with line as (
      select c.id, null::uuid as incident_id, c.gross, c.payee_id, c.programme_id, c.fee_rule_version, c.source_seq as seq,
        (select case coalesce(d.outcome, 'held') when 'released' then 'open' else coalesce(d.outcome, 'held') end from settlement.held_line h
          left join settlement.hold_decision d on d.hold_id = h.hold_id where h.claim_line_id = c.id order by h.up_to_seq desc limit 1) as hold
      from settlement.claim_line c where c.redemption_id = ${redemptionId}::uuid
      union all
      select i.claim_line_id, i.id, case i.kind when 'gesture' then i.amount else -i.amount end, i.payee_id, i.programme_id, i.fee_rule_version, d.due_seq, null
      from settlement.incident i join settlement.incident_decision d on d.incident_id = i.id and d.outcome = 'validated'
      where i.redemption_id = ${redemptionId}::uuid)
    select l.id as "claimLineId", l.incident_id as "incidentId", l.gross, l.programme_id as "programmeId", l.fee_rule_version as "feeRuleVersion",
      coalesce(l.hold, 'open') as state,
      jsonb_build_object('feeBasisPoints', r.fee_basis_points, 'vatBasisPoints', r.vat_basis_points, 'commonsBasisPoints', r.commons_basis_points) as rates
    from line l join settlement.fee_rule r on r.programme_id = l.programme_id and r.version = l.fee_rule_version
    where ${placeId}::uuid is null or exists (
      select from settlement.payee_site site where site.payee_id = l.payee_id and site.place_id = ${placeId}::uuid)
    order by l.seq, l.incident_id nulls first`;
  return rows.map((row) => ({ ...row, gross: cents(row.gross) }));
}
