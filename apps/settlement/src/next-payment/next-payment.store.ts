// What a payee waits for: closed and unpaid, open, held, and what it owes itself.
import { cents, type BankAccountId, type Cents, type LocalDate, type PayeeId, type PlaceId, type ProgrammeId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { BANK_TIME_ZONE } from '../limits.js';
import type { ClaimGroup, Rates } from '../statement-closings/statement.decision.js';
import type { UnpaidStatement } from './next-payment.query.js';

export async function payeeOf(sql: Sql, placeId: PlaceId): Promise<{ payeeId: PayeeId; legalName: string | null } | undefined> {
  const [row] = await sql.$queryRaw<{ payeeId: PayeeId; legalName: string | null }[]>`
    select p.id as "payeeId", p.legal_name as "legalName" from settlement.payee_site s join settlement.payee p on p.id = s.payee_id
    where s.place_id = ${placeId}::uuid`;
  return row;
}

type UnpaidRow = Omit<UnpaidStatement, 'toPay' | 'payBy'> & { toPay: bigint; closedOn: LocalDate; programmeIds: ProgrammeId[] };
export type UnpaidClaim = Omit<UnpaidRow, 'toPay'> & Readonly<{ toPay: Cents }>;

/** Oldest first. What the bank sent back is owed again, and says so. */
export async function unpaidOf(sql: Sql, payeeId: PayeeId): Promise<UnpaidClaim[]> {
  const rows = await sql.$queryRaw<UnpaidRow[]>`
    select s.id, c.period, settlement.to_pay(s.id, s.net) as "toPay", coalesce(paid.state, 'not_ordered') as state,
      case when paid.live then paid.execution_on end::text as "executionOn",
      (c.opened_at at time zone ${BANK_TIME_ZONE})::date::text as "closedOn",
      (select array_agg(distinct f.programme_id::text) from settlement.statement_fee f where f.statement_id = s.id) as "programmeIds"
    from settlement.statement s join settlement.statement_closing c on c.up_to_seq = s.up_to_seq
    left join lateral (
      select pay.state, pay.live, r.execution_on from settlement.payment_statement ps join settlement.payment pay on pay.id = ps.payment_id
        join settlement.settlement_run r on r.id = pay.run_id
      where ps.statement_id = s.id order by pay.id desc limit 1) paid on true
    where s.payee_id = ${payeeId}::uuid and s.net > 0 and paid.state is distinct from 'booked' and settlement.to_pay(s.id, s.net) > 0
    order by s.id`;
  return rows.map(({ toPay, ...row }) => ({ ...row, toPay: cents(toPay) }));
}

type GroupRow = Omit<ClaimGroup, 'gross' | 'rates'> & { custodyAccountId: BankAccountId; gross: bigint; rates: Rates };
export type OpenGroup = ClaimGroup & Readonly<{ custodyAccountId: BankAccountId }>;

/** As a closing of everything would find it, per account of ours. */
export async function openGroupsOf(sql: Sql, payeeId: PayeeId): Promise<OpenGroup[]> {
  const rows = await sql.$queryRaw<GroupRow[]>`
    with account as materialized (
      select a.id, (select max(s.up_to_seq) from settlement.statement s where s.payee_id = ${payeeId}::uuid and s.custody_account_id = a.id) as seq
      from settlement.bank_account a),
    line as (
      select a.id as account, l.programme_id, l.fee_rule_version, count(*)::int as lines, sum(l.gross)::bigint as gross
      from account a cross join lateral settlement.due_lines(${payeeId}::uuid, a.id, a.seq, 9223372036854775807) l group by 1, 2, 3)
    select l.account as "custodyAccountId", l.programme_id as "programmeId", l.fee_rule_version as "feeRuleVersion", l.lines as "lineCount", l.gross,
      jsonb_build_object('feeBasisPoints', r.fee_basis_points, 'vatBasisPoints', r.vat_basis_points, 'commonsBasisPoints', r.commons_basis_points) as rates
    from line l join settlement.fee_rule r on r.programme_id = l.programme_id and r.version = l.fee_rule_version order by 1, 2, 3`;
  return rows.map(({ gross, ...row }) => ({ ...row, gross: cents(gross) }));
}

export async function heldOf(sql: Sql, payeeId: PayeeId): Promise<Readonly<{ lines: number; gross: Cents }>> {
  const [row] = await sql.$queryRaw<{ lines: number; gross: bigint }[]>`
    select coalesce(sum(h.line_count), 0)::int as lines, coalesce(sum(h.gross), 0)::bigint as gross from settlement.hold h
    where h.payee_id = ${payeeId}::uuid and not exists (select from settlement.hold_decision d where d.hold_id = h.id)`;
  return { lines: row!.lines, gross: cents(row!.gross) };
}

export async function owingOf(sql: Sql, payeeId: PayeeId): Promise<Cents> {
  const [row] = await sql.$queryRaw<{ owing: bigint }[]>`
    select coalesce(sum(settlement.left_of_debit_note(n.id, n.amount)), 0)::bigint as owing from settlement.debit_note n
    where n.payee_id = ${payeeId}::uuid`;
  return cents(row!.owing);
}
