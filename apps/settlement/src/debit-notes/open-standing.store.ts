// What is open of payees that may owe: those of whom something was taken back, by an incident or an undoing. Others are owed every line
// that they have.
import { cents, type PayeeId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { BANK_TIME_ZONE } from '../limits.js';
import type { OpenClaims } from '../statement-closings/open-claims.store.js';
import type { OpenLine } from './debit-note.decision.js';

export type NegativePayee = OpenClaims & Readonly<{ open: readonly OpenLine[] }>;
type Wire = OpenClaims & { open: { atMs: number; gross: number }[] };

/**
 * Whoever's lines since its last statement come to less than nothing, also those of numbers that no closing has reached. `wanted` is
 * materialised: inlined, the last statement of a payee would be looked for once per line.
 */
export async function negativePayees(tx: Tx): Promise<NegativePayee[]> {
  const rows = await tx.sql.$queryRaw<Wire[]>`
    with wanted as materialized (
      select o.*, (select max(up_to_seq) from settlement.statement s
        where s.payee_id = o.payee_id and s.custody_account_id = o.custody_account_id) as from_seq
      from (
        select i.payee_id, i.custody_account_id from settlement.incident i
        join settlement.incident_decision d on d.incident_id = i.id and d.outcome = 'validated' where i.kind <> 'gesture'
        union select payee_id, custody_account_id from settlement.claim_line where undo_id is not null) o)
    select w.payee_id as "payeeId", w.custody_account_id as "custodyAccountId", count(*)::int as lines,
      jsonb_agg(jsonb_build_object('gross', l.gross,
        'atMs', floor(extract(epoch from coalesce(i.decided_at, h.decided_at, c.accrued_at)) * 1000)::bigint)) as open
    from wanted w cross join lateral settlement.due_lines(w.payee_id, w.custody_account_id, w.from_seq, 9223372036854775807) l
    join settlement.claim_line c on c.id = l.claim_line_id
    left join settlement.incident_decision i on i.incident_id = l.incident_id
    left join settlement.hold_decision h on h.hold_id = l.hold_id
    group by 1, 2 having sum(l.gross) < 0 order by 1, 2`;
  return rows.map(({ open, ...row }) => ({ ...row, open: open.map(({ atMs, gross }) => ({ at: new Date(atMs), gross: cents(gross) })) }));
}

export type UnpaidStatement = Readonly<{ payeeId: PayeeId; custodyAccountId: string; statementId: string; toPay: bigint }>;

/** Statements of these payees that no payment is about to pay, the oldest first. The caller holds the lock of settlement runs. */
export const unpaidStatements = (tx: Tx, payeeIds: readonly PayeeId[]): Promise<UnpaidStatement[]> => tx.sql.$queryRaw<UnpaidStatement[]>`
  select s.payee_id as "payeeId", s.custody_account_id as "custodyAccountId", s.id as "statementId", settlement.to_pay(s.id, s.net) as "toPay"
  from settlement.statement s
  where s.payee_id = any(${payeeIds}::uuid[]) and s.net > 0 and settlement.to_pay(s.id, s.net) > 0
    and not exists (select from settlement.payment_statement p where p.statement_id = s.id and p.live)
    and not exists (select from settlement.statement_measures(s.id, s.payee_id, (${tx.now}::timestamptz at time zone ${BANK_TIME_ZONE})::date))
  order by s.up_to_seq, s.id`;
