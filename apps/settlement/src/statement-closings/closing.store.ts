// Closings, the claim lines that a closing takes, and the statements that it writes.
import { cents, type PayeeId, type ProgrammeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { personOf } from '../settlement.work.js';
import type { ClosedStatements } from './close-statements.command.js';
import type { StatementHead } from './statement-content.js';
import type { ClaimGroup, DecidedStatement, Rates } from './statement.decision.js';

/** The name of the lock that every step of a closing holds. */
export const CLOSING = 'closing';

export async function closingStanding(tx: Tx): Promise<{ openUpTo: number | undefined; closedUpTo: number }> {
  const [row] = await tx.sql.$queryRaw<{ openUpTo: bigint | null; closedUpTo: bigint }[]>`
    select max(up_to_seq) filter (where finished_at is null) as "openUpTo",
      coalesce(max(up_to_seq) filter (where finished_at is not null), 0) as "closedUpTo"
    from settlement.statement_closing`;
  return { openUpTo: row!.openUpTo === null ? undefined : Number(row!.openUpTo), closedUpTo: Number(row!.closedUpTo) };
}

export async function insertClosing(tx: Tx, upToSeq: number): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.statement_closing (up_to_seq, opened_by, opened_at) values (${upToSeq}, ${personOf(tx)}, ${tx.now})`;
}

export async function finishClosing(tx: Tx, upToSeq: number): Promise<void> {
  await tx.sql.$executeRaw`
    update settlement.statement_closing set finished_at = ${tx.now} where up_to_seq = ${upToSeq} and finished_at is null`;
}

/** A rule that open lines name and that nobody published: found before anything closes. */
export async function missingRule(
  tx: Tx, upToSeq: number, closedUpTo: number,
): Promise<{ programmeId: string; version: number } | undefined> {
  const [row] = await tx.sql.$queryRaw<{ programmeId: string; version: number }[]>`
    select distinct c.programme_id as "programmeId", c.fee_rule_version as version
    from settlement.claim_line c
    where c.source_seq > ${closedUpTo} and c.source_seq <= ${upToSeq} and not exists (
      select from settlement.fee_rule r where r.programme_id = c.programme_id and r.version = c.fee_rule_version)
    order by 1, 2 limit 1`;
  return row;
}

export type OpenClaims = Readonly<{ payeeId: PayeeId; custodyAccountId: string }>;

/** Who has lines that no statement covers, up to that number. */
export const listOpenClaims = (sql: Sql, upToSeq: number): Promise<OpenClaims[]> => sql.$queryRaw<OpenClaims[]>`
  select c.payee_id as "payeeId", c.custody_account_id as "custodyAccountId"
  from settlement.claim_line c
  left join (select payee_id, custody_account_id, max(up_to_seq) as seq from settlement.statement group by 1, 2) s
    on s.payee_id = c.payee_id and s.custody_account_id = c.custody_account_id
  where c.source_seq <= ${upToSeq} and c.source_seq > coalesce(s.seq, 0)
  group by 1, 2 order by 1, 2`;

export type ClosableRow = OpenClaims & Readonly<{ fromSeq: number | null; linesSha256: string; groups: readonly ClaimGroup[] }>;
type GroupWire = Rates & { programmeId: ProgrammeId; feeRuleVersion: number; lineCount: number; gross: number };

/** Read again inside the transaction: what another closing covered meanwhile is no longer there. */
export async function readClosable(tx: Tx, upToSeq: number, wanted: readonly OpenClaims[]): Promise<ClosableRow[]> {
  const rows = await tx.sql.$queryRaw<(OpenClaims & { fromSeq: bigint | null; linesSha256: string; groups: GroupWire[] })[]>`
    with wanted as (
      select w."payeeId" as payee_id, w."custodyAccountId" as custody_account_id,
        (select max(up_to_seq) from settlement.statement s
          where s.payee_id = w."payeeId" and s.custody_account_id = w."custodyAccountId") as from_seq
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w("payeeId" uuid, "custodyAccountId" uuid)),
    line as (
      select w.*, c.redemption_id, c.source_seq, c.programme_id, c.fee_rule_version, c.gross
      from wanted w join settlement.claim_line c on c.payee_id = w.payee_id and c.custody_account_id = w.custody_account_id
        and c.source_seq > coalesce(w.from_seq, 0) and c.source_seq <= ${upToSeq}),
    grouped as (
      select l.payee_id, l.custody_account_id, jsonb_agg(jsonb_build_object(
          'programmeId', l.programme_id, 'feeRuleVersion', l.fee_rule_version, 'lineCount', l.lines, 'gross', l.gross,
          'feeBasisPoints', r.fee_basis_points, 'vatBasisPoints', r.vat_basis_points, 'commonsBasisPoints', r.commons_basis_points)
          order by l.programme_id, l.fee_rule_version) as groups
      from (select payee_id, custody_account_id, programme_id, fee_rule_version, count(*) as lines, sum(gross) as gross
            from line group by 1, 2, 3, 4) l
      join settlement.fee_rule r on r.programme_id = l.programme_id and r.version = l.fee_rule_version group by 1, 2)
    select g.payee_id as "payeeId", g.custody_account_id as "custodyAccountId", max(l.from_seq) as "fromSeq", g.groups,
      encode(sha256(convert_to(string_agg(l.redemption_id || ':' || l.gross, E'\n' order by l.source_seq), 'UTF8')), 'hex') as "linesSha256"
    from grouped g join line l on l.payee_id = g.payee_id and l.custody_account_id = g.custody_account_id
    group by g.payee_id, g.custody_account_id, g.groups order by 1, 2`;
  return rows.map(({ fromSeq, groups, ...row }) => ({
    ...row, fromSeq: fromSeq === null ? null : Number(fromSeq),
    groups: groups.map(({ programmeId, feeRuleVersion, lineCount, gross, ...rates }) =>
      ({ programmeId, feeRuleVersion, lineCount, gross: cents(gross), rates })),
  }));
}

export type NewStatement = Readonly<{ head: StatementHead; decided: DecidedStatement; content: string; sha256: string }>;

export async function insertStatements(tx: Tx, statements: readonly NewStatement[]): Promise<void> {
  const rows = statements.map(({ head, decided: { total, lineCount }, content, sha256 }) => ({
    id: head.statementId, payee_id: head.payeeId, custody_account_id: head.custodyAccountId, from_seq: head.fromSeq,
    up_to_seq: head.upToSeq, line_count: lineCount, content, sha256, ...textOf(total),
  }));
  await tx.sql.$executeRaw`
    insert into settlement.statement (id, payee_id, custody_account_id, from_seq, up_to_seq, line_count, gross, fee, vat, commons, net,
      currency, content, sha256, closed_at)
    select t.id, t.payee_id, t.custody_account_id, t.from_seq, t.up_to_seq, t.line_count, t.gross, t.fee, t.vat, t.commons, t.net,
      'EUR', t.content, t.sha256, ${tx.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, payee_id uuid, custody_account_id uuid, from_seq bigint,
      up_to_seq bigint, line_count int, gross bigint, fee bigint, vat bigint, commons bigint, net bigint, content text, sha256 text)`;
  await insertFees(tx, statements);
}

async function insertFees(tx: Tx, statements: readonly NewStatement[]): Promise<void> {
  const rows = statements.flatMap(({ head, decided }) => decided.groups.map(({ programmeId, feeRuleVersion, lineCount, ...group }) => ({
    statement_id: head.statementId, programme_id: programmeId, fee_rule_version: feeRuleVersion, line_count: lineCount, ...textOf(group),
  })));
  await tx.sql.$executeRaw`
    insert into settlement.statement_fee (statement_id, programme_id, fee_rule_version, line_count, gross, fee, vat, commons, net)
    select t.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(statement_id uuid, programme_id uuid, fee_rule_version int,
      line_count int, gross bigint, fee bigint, vat bigint, commons bigint, net bigint)`;
}

/** JSON knows no bigint; PostgreSQL reads the digits back without loss. */
const textOf = ({ gross, fee, vat, commons, net }: DecidedStatement['total']) =>
  ({ gross: gross.toString(), fee: fee.toString(), vat: vat.toString(), commons: commons.toString(), net: net.toString() });

export async function summaryOf(sql: Sql, upToSeq: number): Promise<ClosedStatements> {
  const [row] = await sql.$queryRaw<Omit<ClosedStatements, 'upToSeq'>[]>`
    select count(*)::int as statements, coalesce(sum(gross), 0)::float8 as "grossCents", coalesce(sum(fee), 0)::float8 as "feeCents",
      coalesce(sum(vat), 0)::float8 as "vatCents", coalesce(sum(commons), 0)::float8 as "commonsCents", coalesce(sum(net), 0)::float8 as "netCents"
    from settlement.statement where up_to_seq = ${upToSeq}`;
  return { upToSeq, ...row! };
}
