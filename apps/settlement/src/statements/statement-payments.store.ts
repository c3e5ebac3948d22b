// What became of the money of one statement: each payment that had it, oldest first, with the days that are known.
import { cents, type Cents, type StatementId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { BANK_TIME_ZONE } from '../limits.js';

export type StatementPayment = Readonly<{
  state: 'instructed' | 'released' | 'booked' | 'returned' | 'rejected' | 'cancelled';
  /** With that of other statements of the payee, if it pays several. */
  amount: Cents; reference: string; iban: string | null; executionOn: string;
  preparedAt: Date; releasedAt: Date | null; bookedOn: string | null; returnedOn: string | null;
  rejectedAt: Date | null; reasonCode: string | null;
}>;

export async function paymentsOf(sql: Sql, statementId: StatementId): Promise<StatementPayment[]> {
  const rows = await sql.$queryRaw<(Omit<StatementPayment, 'amount'> & { amount: bigint })[]>`
    select p.state, p.amount, p.end_to_end_id as reference, b.iban, r.execution_on::text as "executionOn", r.created_at as "preparedAt",
      r.released_at as "releasedAt", coalesce(booked.booked_on, (t.sent_at at time zone ${BANK_TIME_ZONE})::date)::text as "bookedOn",
      coalesce(returned.booked_on, (t.reversed_at at time zone ${BANK_TIME_ZONE})::date)::text as "returnedOn",
      coalesce(rejected.rejected_at, t.refused_at) as "rejectedAt",
      coalesce(returned.reason_code, rejected.reason_code, t.reason_code) as "reasonCode"
    from settlement.payment_statement ps join settlement.payment p on p.id = ps.payment_id join settlement.settlement_run r on r.id = p.run_id
    left join settlement.payee_bank_account b on b.id = p.payee_bank_account_id
    left join settlement.stripe_transfer t on t.payment_id = p.id
    left join settlement.payment_movement booked on booked.payment_id = p.id and booked.movement = 'booked'
    left join settlement.payment_movement returned on returned.payment_id = p.id and returned.movement = 'returned'
    left join settlement.payment_rejection rejected on rejected.payment_id = p.id
    where ps.statement_id = ${statementId}::uuid order by p.id`;
  return rows.map(({ amount, ...row }) => ({ ...row, amount: cents(amount) }));
}
