// The claim lines that a closing finds: due by its number, and in no statement yet. Which lines are due in a range of
// numbers is said once, by `settlement.due_lines`.
import { cents, type PayeeId, type ProgrammeId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { ClaimGroup, Rates } from './statement.decision.js';

export type OpenClaims = Readonly<{ payeeId: PayeeId; custodyAccountId: string; lines: number }>;

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
 * Read again inside the transaction: what another closing covered meanwhile is no longer there. Payee by payee, so that only the lines of
 * one are kept and sorted at a time. `wanted` is materialised: inlined, the last statement of a payee would be looked for once per line.
 * Who has no line is told by the count: asked of `groups` outside, they would be made twice. A group without its rule cannot be: the
 * closing was refused.
 */
export async function readClosable(
  tx: Tx, upToSeq: number, claims: readonly Pick<OpenClaims, 'payeeId' | 'custodyAccountId'>[],
): Promise<ClosableRow[]> {
  if (claims.length === 0) return [];
  const wanted = claims.map(({ payeeId, custodyAccountId }) => ({ payeeId, custodyAccountId }));
  const rows = await tx.sql.$queryRaw<ClosableWire[]>`
    with wanted as materialized (
      select w."payeeId" as payee_id, w."custodyAccountId" as custody_account_id,
        (select max(up_to_seq) from settlement.statement s
          where s.payee_id = w."payeeId" and s.custody_account_id = w."custodyAccountId") as from_seq
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w("payeeId" uuid, "custodyAccountId" uuid))
    select w.payee_id as "payeeId", w.custody_account_id as "custodyAccountId", d.lines, w.from_seq as "fromSeq", d.groups,
      d.sha256 as "linesSha256", d.released_holds as "releasedHolds",
      not exists (select from settlement.statement s where s.payee_id = w.payee_id)
        and not exists (select from settlement.hold h join settlement.hold_decision c on c.hold_id = h.id
          where h.payee_id = w.payee_id and c.outcome = 'released') as "firstRemittance"
    from wanted w cross join lateral (
      with line as materialized (
        select redemption_id, source_seq, programme_id, fee_rule_version, gross, hold_id, incident_id
        from settlement.due_lines(w.payee_id, w.custody_account_id, w.from_seq, ${upToSeq}))
      select count(*)::int as lines,
        encode(sha256(convert_to(string_agg(redemption_id || ':' || gross, E'\n' order by source_seq, incident_id nulls first), 'UTF8')), 'hex') as sha256,
        coalesce(array_agg(distinct hold_id::text order by hold_id::text) filter (where hold_id is not null), '{}') as released_holds,
        (select jsonb_agg(jsonb_build_object(
            'programmeId', l.programme_id, 'feeRuleVersion', l.fee_rule_version, 'lineCount', l.lines, 'gross', l.gross,
            'feeBasisPoints', r.fee_basis_points, 'vatBasisPoints', r.vat_basis_points, 'commonsBasisPoints', r.commons_basis_points)
            order by l.programme_id, l.fee_rule_version)
          from (select programme_id, fee_rule_version, count(*) as lines, sum(gross) as gross from line group by 1, 2) l
          join settlement.fee_rule r on r.programme_id = l.programme_id and r.version = l.fee_rule_version) as groups
      from line having count(*) > 0) d
    order by 1, 2`;
  return rows.map(({ fromSeq, groups, ...row }) => ({
    ...row, fromSeq: fromSeq === null ? null : Number(fromSeq),
    groups: groups.map(({ programmeId, feeRuleVersion, lineCount, gross, ...rates }) =>
      ({ programmeId, feeRuleVersion, lineCount, gross: cents(gross), rates })),
  }));
}
