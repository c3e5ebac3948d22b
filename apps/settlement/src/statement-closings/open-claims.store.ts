// The claim lines that a closing finds: due by its number, and in no statement yet. Which lines are due in a range of
// numbers is said once, by `settlement.due_lines`.
import { cents, type PayeeId, type ProgrammeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { ClaimGroup, Rates } from './statement.decision.js';

export type OpenClaims = Readonly<{ payeeId: PayeeId; custodyAccountId: string; lines: number }>;

/**
 * Who may have lines that no statement covers, up to that number, and about how many: by their numbers, held or not, and by the
 * holds that were released, and the incidents that were validated. It says what to look at and in what steps; which lines are due is
 * asked in each step. One pass over the table, because a look per payee is a million looks into scattered pages.
 */
export const listOpenClaims = (sql: Sql, upToSeq: number): Promise<OpenClaims[]> => sql.$queryRaw<OpenClaims[]>`
  with last as (select payee_id, custody_account_id, max(up_to_seq) as seq from settlement.statement group by 1, 2),
  own as (
    select c.payee_id, c.custody_account_id, count(*) as lines from settlement.claim_line c
    left join last l on l.payee_id = c.payee_id and l.custody_account_id = c.custody_account_id
    where c.source_seq <= ${upToSeq} and c.source_seq > coalesce(l.seq, 0) group by 1, 2),
  released as (
    select h.payee_id, h.custody_account_id, sum(h.line_count) as lines from settlement.hold h
    join settlement.hold_decision d on d.hold_id = h.id and d.due_seq <= ${upToSeq}
    left join last l on l.payee_id = h.payee_id and l.custody_account_id = h.custody_account_id
    where d.due_seq > coalesce(l.seq, 0) group by 1, 2),
  corrected as (
    select i.payee_id, i.custody_account_id, count(*) as lines from settlement.incident i
    join settlement.incident_decision d on d.incident_id = i.id and d.due_seq <= ${upToSeq}
    left join last l on l.payee_id = i.payee_id and l.custody_account_id = i.custody_account_id
    where d.due_seq > coalesce(l.seq, 0) group by 1, 2)
  select payee_id as "payeeId", custody_account_id as "custodyAccountId", sum(lines)::int as lines
  from (select * from own union all select * from released union all select * from corrected) o group by 1, 2 order by 1, 2`;

/**
 * Held by the step that closes these payees: another closing of the same number waits, and then finds their lines covered. In the order
 * of ids, and without being in the way of claim lines, whose foreign keys only want the row to stay.
 */
export async function lockPayees(tx: Tx, claims: readonly Pick<OpenClaims, 'payeeId'>[]): Promise<void> {
  await tx.sql.$executeRaw`
    select 1 from settlement.payee where id = any(${claims.map(({ payeeId }) => payeeId)}::uuid[]) order by id for no key update`;
}

export type ClosableRow = OpenClaims & Readonly<{
  fromSeq: number | null;
  /** Nothing of this payee was ever in a statement, and no hold of it was ever released. */
  firstRemittance: boolean;
  linesSha256: string;
  /** Holds whose lines are among these. */
  releasedHolds: readonly string[];
  groups: readonly ClaimGroup[];
}>;
type GroupWire = Rates & { programmeId: ProgrammeId; feeRuleVersion: number; lineCount: number; gross: number };
type ClosableWire = Omit<ClosableRow, 'fromSeq' | 'groups'> & { fromSeq: bigint | null; groups: GroupWire[] };

/**
 * Read again inside the transaction: what another closing covered meanwhile is no longer there. `wanted` is materialised: inlined, the
 * last statement of a payee would be looked for once per line.
 */
export async function readClosable(
  tx: Tx, upToSeq: number, claims: readonly Pick<OpenClaims, 'payeeId' | 'custodyAccountId'>[],
): Promise<ClosableRow[]> {
  const wanted = claims.map(({ payeeId, custodyAccountId }) => ({ payeeId, custodyAccountId }));
  const rows = await tx.sql.$queryRaw<ClosableWire[]>`
    with wanted as materialized (
      select w."payeeId" as payee_id, w."custodyAccountId" as custody_account_id,
        (select max(up_to_seq) from settlement.statement s
          where s.payee_id = w."payeeId" and s.custody_account_id = w."custodyAccountId") as from_seq
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w("payeeId" uuid, "custodyAccountId" uuid)),
    line as (
      select w.*, c.redemption_id, c.source_seq, c.programme_id, c.fee_rule_version, c.gross, c.hold_id, c.incident_id
      from wanted w cross join lateral settlement.due_lines(w.payee_id, w.custody_account_id, w.from_seq, ${upToSeq}) c),
    grouped as (
      select l.payee_id, l.custody_account_id, jsonb_agg(jsonb_build_object(
          'programmeId', l.programme_id, 'feeRuleVersion', l.fee_rule_version, 'lineCount', l.lines, 'gross', l.gross,
          'feeBasisPoints', r.fee_basis_points, 'vatBasisPoints', r.vat_basis_points, 'commonsBasisPoints', r.commons_basis_points)
          order by l.programme_id, l.fee_rule_version) as groups
      from (select payee_id, custody_account_id, programme_id, fee_rule_version, count(*) as lines, sum(gross) as gross
            from line group by 1, 2, 3, 4) l
      join settlement.fee_rule r on r.programme_id = l.programme_id and r.version = l.fee_rule_version group by 1, 2),
    digest as (
      select l.payee_id, l.custody_account_id, count(*)::int as lines, max(l.from_seq) as from_seq,
        encode(sha256(convert_to(string_agg(l.redemption_id || ':' || l.gross, E'\n' order by l.source_seq, l.incident_id nulls first), 'UTF8')), 'hex') as sha256,
        coalesce(array_agg(distinct l.hold_id::text order by l.hold_id::text) filter (where l.hold_id is not null), '{}') as released_holds
      from line l group by 1, 2)
    select d.payee_id as "payeeId", d.custody_account_id as "custodyAccountId", d.lines, d.from_seq as "fromSeq", g.groups,
      d.sha256 as "linesSha256", d.released_holds as "releasedHolds",
      not exists (select from settlement.statement s where s.payee_id = d.payee_id)
        and not exists (select from settlement.hold h join settlement.hold_decision c on c.hold_id = h.id
          where h.payee_id = d.payee_id and c.outcome = 'released') as "firstRemittance"
    from digest d join grouped g on g.payee_id = d.payee_id and g.custody_account_id = d.custody_account_id order by 1, 2`;
  return rows.map(({ fromSeq, groups, ...row }) => ({
    ...row, fromSeq: fromSeq === null ? null : Number(fromSeq),
    groups: groups.map(({ programmeId, feeRuleVersion, lineCount, gross, ...rates }) =>
      ({ programmeId, feeRuleVersion, lineCount, gross: cents(gross), rates })),
  }));
}
