// What was authorised, as its confirmation needs it. All of it is a fact that never changes, so it is read before the voucher
// is locked; whether it was cancelled is asked after.
import { cents, type AuthorisationId, type LocalDate, type PlaceId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { declaredOf, type DeclaredRow } from '../declared.store.js';
import type { TillAttempt } from '../till/fold-batch.decision.js';

type Row = Omit<DeclaredRow, 'session_id'> & {
  code_mac: string; place_id: PlaceId; amount: bigint; co_payment: bigint; service_date: LocalDate;
};
export type ToConfirm = Required<Pick<TillAttempt, 'codeMacs' | 'placeId' | 'serviceDate' | 'amount' | 'coPayment' | 'declared'>>;

export async function readAuthorised(sql: Sql, authorisationId: AuthorisationId): Promise<ToConfirm | undefined> {
  const [row] = await sql.$queryRaw<Row[]>`
    select v.code_mac, a.place_id, a.amount, a.co_payment, a.service_date::text as service_date, a.service, a.duration_minutes,
      a.participants, a.first_visit
    from redemption.authorisation a join redemption.voucher v on v.id = a.voucher_id where a.id = ${authorisationId}::uuid`;
  return row && {
    codeMacs: [row.code_mac], placeId: row.place_id, serviceDate: row.service_date, amount: cents(row.amount),
    coPayment: cents(row.co_payment), declared: declaredOf({ ...row, session_id: null }),
  };
}
