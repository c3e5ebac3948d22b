import type { Sql } from '#libs/persistence';
import type { ListedPayment, PaymentFilter } from './list-payments.query.js';

export const listPayments = (sql: Sql, { before, rowsMax, state, runId, payeeId }: PaymentFilter): Promise<ListedPayment[]> => sql.$queryRaw<ListedPayment[]>`
  select p.id, p.run_id as "runId", p.purpose, p.payee_id as "payeeId", payee.legal_name as "legalName", b.iban, b.version as "bankVersion", p.amount,
    p.end_to_end_id as "endToEndId", p.state, booked.booked_on::text as "bookedOn", returned.booked_on::text as "returnedOn",
    rejected.rejected_at as "rejectedAt", coalesce(returned.reason_code, rejected.reason_code) as "reasonCode"
  from settlement.payment p
  join settlement.payee payee on payee.id = p.payee_id
  join settlement.payee_bank_account b on b.id = p.payee_bank_account_id
  left join settlement.payment_movement booked on booked.payment_id = p.id and booked.movement = 'booked'
  left join settlement.payment_movement returned on returned.payment_id = p.id and returned.movement = 'returned'
  left join settlement.payment_rejection rejected on rejected.payment_id = p.id
  where (${before}::uuid is null or p.id < ${before}::uuid) and (${state}::text is null or p.state = ${state}::text)
    and (${runId}::uuid is null or p.run_id = ${runId}::uuid) and (${payeeId}::uuid is null or p.payee_id = ${payeeId}::uuid)
  order by p.id desc limit ${rowsMax}::int`;
