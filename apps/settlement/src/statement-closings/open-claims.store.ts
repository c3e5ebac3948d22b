// The claim lines that a closing finds: due by its number, and in no statement yet. Which lines are due in a range of
// numbers is said once, by `settlement.due_lines`.
import { cents, type PayeeId, type ProgrammeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { ClaimGroup, Rates } from './statement.decision.js';

export type OpenClaims = Readonly<{ payeeId: PayeeId; custodyAccountId: string; lines: number }>;

/** Who has lines that no statement covers, up to that number. */
export const listOpenClaims = (sql: Sql, upToSeq: number): Promise<OpenClaims[]> => sql.$queryRaw<OpenClaims[]>`
  select p.payee_id as "payeeId", p.custody_account_id as "custodyAccountId", count(*)::int as lines
  from (select distinct payee_id, custody_account_id from settlement.claim_line) p
  left join (select payee_id, custody_account_id, max(up_to_seq) as seq from settlement.statement group by 1, 2) s
    on s.payee_id = p.payee_id and s.custody_account_id = p.custody_account_id
  cross join lateral settlement.due_lines(p.payee_id, p.custody_account_id, s.seq, ${upToSeq}) l
  group by 1, 2 order by 1, 2`;

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

/** Read again inside the transaction: what another closing covered meanwhile is no longer there. */
export async function readClosable(tx: Tx, upToSeq: number, wanted: readonly OpenClaims[]): Promise<ClosableRow[]> {
  const rows = await tx.sql.$queryRaw<ClosableWire[]>`
    with wanted as (
      select w."payeeId" as payee_id, w."custodyAccountId" as custody_account_id,
        (select max(up_to_seq) from settlement.statement s
          where s.payee_id = w."payeeId" and s.custody_account_id = w."custodyAccountId") as from_seq
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w("payeeId" uuid, "custodyAccountId" uuid)),
    line as (
      select w.*, c.redemption_id, c.source_seq, c.programme_id, c.fee_rule_version, c.gross, c.hold_id
      from wanted w cross join lateral settlement.due_lines(w.payee_id, w.custody_account_id, w.from_seq, ${upToSeq}) c),
    grouped as (
      select l.payee_id, l.custody_account_id, jsonb_agg(jsonb_build_object(
          'programmeId', l.programme_id, 'feeRuleVersion', l.fee_rule_version, 'lineCount', l.lines, 'gross', l.gross,
          'feeBasisPoints', r.fee_basis_points, 'vatBasisPoints', r.vat_basis_points, 'commonsBasisPoints', r.commons_basis_points)
          order by l.programme_id, l.fee_rule_version) as groups
      from (select payee_id, custody_account_id, programme_id, fee_rule_version, count(*) as lines, sum(gross) as gross
            from line group by 1, 2, 3, 4) l
      join settlement.fee_rule r on r.programme_id = l.programme_id and r.version = l.fee_rule_version group by 1, 2)
    select g.payee_id as "payeeId", g.custody_account_id as "custodyAccountId", count(*)::int as lines, max(l.from_seq) as "fromSeq", g.groups,
      encode(sha256(convert_to(string_agg(l.redemption_id || ':' || l.gross, E'\n' order by l.source_seq), 'UTF8')), 'hex') as "linesSha256",
      coalesce(array_agg(distinct l.hold_id::text order by l.hold_id::text) filter (where l.hold_id is not null), '{}') as "releasedHolds",
      not exists (select from settlement.statement s where s.payee_id = g.payee_id)
        and not exists (select from settlement.hold h join settlement.hold_decision d on d.hold_id = h.id
          where h.payee_id = g.payee_id and d.outcome = 'released') as "firstRemittance"
    from grouped g join line l on l.payee_id = g.payee_id and l.custody_account_id = g.custody_account_id
    group by g.payee_id, g.custody_account_id, g.groups order by 1, 2`;
  return rows.map(({ fromSeq, groups, ...row }) => ({
    ...row, fromSeq: fromSeq === null ? null : Number(fromSeq),
    groups: groups.map(({ programmeId, feeRuleVersion, lineCount, gross, ...rates }) =>
      ({ programmeId, feeRuleVersion, lineCount, gross: cents(gross), rates })),
  }));
}
