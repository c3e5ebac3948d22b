import { cents, dayIn } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { PaidRefund } from '../payment-source.decision.js';
import { BANK_TIME_ZONE } from '../limits.js';
import type { RunId } from '../settlement-runs/settlement-runs.commands.js';
import { personOf } from '../settlement.work.js';
import type { TrippedBreaker } from '../settlement-runs/run-breakers.decision.js';
import type { NamedBreaker, Run, RunPayment } from './run.decision.js';

type RefundRow = Omit<PaidRefund, 'amount'> & { amount: number };
type RunRow = Omit<Run, 'accountPeople' | 'askers' | 'approvals' | 'payments'>;

/** Locks the run, so that an approval, a release and a cancellation of it come one after the other. */
export async function lockRun(tx: Tx, runId: RunId): Promise<Run | undefined> {
  const [row] = await tx.sql.$queryRaw<RunRow[]>`
    select r.state, r.rail, r.purpose, r.bank_account_id as "bankAccountId", f.sha256, r.created_by as "createdBy"
    from settlement.settlement_run r join settlement.payment_file f on f.run_id = r.id
    where r.id = ${runId}::uuid for update of r`;
  if (!row) return undefined;
  // A closing of these payees nets what was released, or lets it lapse: one of the two waits for the other.
  if (row.purpose === 'early') {
    await tx.sql.$executeRaw`
      select 1 from settlement.payee where id in (select payee_id from settlement.payment where run_id = ${runId}::uuid) order by id for no key update`;
  }
  const today = dayIn(BANK_TIME_ZONE, tx.now);
  const approvals = await tx.sql.$queryRaw<Run['approvals'][number][]>`
    select a.user_id as "userId", a.sha256, a.at,
      (select coalesce(jsonb_agg(jsonb_build_object('breaker', b.breaker, 'reason', b.reason) order by b.breaker), '[]')
        from settlement.approval_breaker b where b.run_id = a.run_id and b.user_id = a.user_id) as breakers
    from settlement.approval a where a.run_id = ${runId}::uuid order by a.at, a.user_id`;
  const payments = await tx.sql.$queryRaw<(Omit<RunPayment, 'amount' | 'refunds'> & { amount: bigint; refunds: RefundRow[]; people: string[]; askers: string[] })[]>`
    select p.id as "paymentId", p.purpose, p.payee_id as "payeeId", p.amount,
      array(select settlement.people_behind(p.payee_bank_account_id, p.run_id)
        union select settlement.people_behind_destination(p.payee_destination_id, p.run_id)) as people,
      array(select e.asked_by from settlement.payment_early pe join settlement.early_payment e on e.id = pe.early_payment_id
        where pe.payment_id = p.id) as askers,
      (select coalesce(jsonb_agg(jsonb_build_object('refundId', f.id, 'payerId', f.payer_id, 'bankLineId', f.bank_line_id, 'amount', f.amount) order by f.id), '[]')
        from settlement.payment_refund pf join settlement.refund f on f.id = pf.refund_id where pf.payment_id = p.id) as refunds,
      b.blocked_at is not null or b.replaced_at is not null or d.blocked_at is not null or d.replaced_at is not null as "accountChanged",
      exists (select from settlement.payment_statement ps cross join lateral settlement.statement_measures(ps.statement_id, p.payee_id, ${today}::date)
        where ps.payment_id = p.id)
        or exists (select from settlement.payment_early pe where pe.payment_id = p.id and settlement.early_payment_waits(pe.early_payment_id, ${today}::date)) as waits,
      settlement.is_over_early(p.id) as over
    from settlement.payment p left join settlement.payee_bank_account b on b.id = p.payee_bank_account_id
    left join settlement.payee_destination d on d.id = p.payee_destination_id
    where p.run_id = ${runId}::uuid order by p.id`;
  return {
    ...row, approvals, accountPeople: [...new Set(payments.flatMap(({ people }) => people))],
    askers: [...new Set(payments.flatMap(({ askers }) => askers))],
    payments: payments.map(({ paymentId, purpose, payeeId, amount, refunds, accountChanged, waits, over }) => ({
      paymentId, purpose, payeeId, amount: cents(amount), accountChanged, waits, over,
      refunds: refunds.map((refund) => ({ ...refund, amount: cents(refund.amount) })),
    })),
  };
}

export async function insertApproval(
  tx: Tx, runId: RunId, sha256: string, breakers: readonly (NamedBreaker & TrippedBreaker)[],
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.approval (run_id, user_id, sha256, at) values (${runId}::uuid, ${personOf(tx)}, ${sha256}, ${tx.now})`;
  await tx.sql.$executeRaw`
    insert into settlement.approval_breaker (run_id, user_id, breaker, figures, reason)
    select ${runId}::uuid, ${personOf(tx)}, t.breaker, t.figures, t.reason
    from jsonb_to_recordset(${JSON.stringify(breakers)}::jsonb) as t(breaker text, figures jsonb, reason text)`;
}

export async function markApproved(tx: Tx, runId: RunId): Promise<void> {
  await tx.sql.$executeRaw`
    update settlement.settlement_run set state = 'approved' where id = ${runId}::uuid and state = 'drafted'`;
}

export async function markReleased(tx: Tx, runId: RunId): Promise<void> {
  await tx.sql.$executeRaw`
    update settlement.settlement_run set state = 'released', released_by = ${personOf(tx)}, released_at = ${tx.now} where id = ${runId}::uuid`;
  await tx.sql.$executeRaw`update settlement.payment set state = 'released' where run_id = ${runId}::uuid`;
}

export async function markCancelled(tx: Tx, runId: RunId, reason: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.run_cancellation (run_id, reason, cancelled_by, cancelled_at) values (${runId}::uuid, ${reason}, ${personOf(tx)}, ${tx.now})`;
  await tx.sql.$executeRaw`update settlement.settlement_run set state = 'cancelled' where id = ${runId}::uuid`;
  await tx.sql.$executeRaw`update settlement.payment set state = 'cancelled' where run_id = ${runId}::uuid`;
}
