import type { Sql } from '#libs/persistence';
import { BANK_TIME_ZONE } from '../limits.js';
import { REVERSED } from '../stripe-transfers/transfer-outcome.decision.js';
import type { ListedPayment, PaymentFilter } from './list-payments.query.js';

export const listPayments = (sql: Sql, { before, rowsMax, state, runId, payeeId }: PaymentFilter): Promise<ListedPayment[]> => sql.$queryRaw<ListedPayment[]>`
  select p.id, p.run_id as "runId", p.rail, p.purpose, p.payee_id as "payeeId", payee.legal_name as "legalName", b.iban, d.stripe_account_id as "stripeAccountId",
    coalesce(b.version, d.version) as "bankVersion", p.amount, t.stripe_transfer_id as "stripeTransferId",
    p.end_to_end_id as "endToEndId", p.state, coalesce(booked.booked_on, (t.sent_at at time zone ${BANK_TIME_ZONE})::date)::text as "bookedOn",
    coalesce(returned.booked_on, (t.reversed_at at time zone ${BANK_TIME_ZONE})::date)::text as "returnedOn",
    coalesce(rejected.rejected_at, t.refused_at) as "rejectedAt",
    coalesce(returned.reason_code, rejected.reason_code, t.reason_code, case when t.reversed_at is not null then ${REVERSED} end) as "reasonCode"
  from settlement.payment p
  join settlement.payee payee on payee.id = p.payee_id
  left join settlement.payee_bank_account b on b.id = p.payee_bank_account_id
  left join settlement.payee_destination d on d.id = p.payee_destination_id
  left join settlement.stripe_transfer t on t.payment_id = p.id
  left join settlement.payment_movement booked on booked.payment_id = p.id and booked.movement = 'booked'
  left join settlement.payment_movement returned on returned.payment_id = p.id and returned.movement = 'returned'
  left join settlement.payment_rejection rejected on rejected.payment_id = p.id
  where (${before}::uuid is null or p.id < ${before}::uuid) and (${state}::text is null or p.state = ${state}::text)
    and (${runId}::uuid is null or p.run_id = ${runId}::uuid) and (${payeeId}::uuid is null or p.payee_id = ${payeeId}::uuid)
  order by p.id desc limit ${rowsMax}::int`;
