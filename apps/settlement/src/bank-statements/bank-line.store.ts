import type { BankAccountId, PaymentId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { BankLine } from './bank-line.decision.js';

export async function insertBankLines(
  tx: Tx, bankAccountId: BankAccountId, statementId: string, lines: readonly (BankLine & { eventId: string | null })[],
): Promise<void> {
  const rows = lines.map(({ amount, references, ...line }) => ({
    id: line.id, entry_index: line.entryIndex, detail_index: line.detailIndex, entry_ref: line.entryRef, kind: line.kind,
    finding: 'finding' in line ? line.finding : null, side: line.side, amount: amount.toString(), booked_on: line.bookedOn,
    order_references: references, end_to_end_id: line.endToEndId, payment_information_id: line.paymentInformationId,
    reason_code: line.reasonCode, bank_code: line.bankCode, counterparty: line.counterparty, remittance: line.remittance,
    debtor_mac: line.debtorMac, event_id: line.eventId,
  }));
  await tx.sql.$executeRaw`
    insert into settlement.bank_line (id, bank_account_id, bank_statement_id, entry_index, detail_index, entry_ref, kind, finding, side,
      amount, currency, booked_on, order_references, end_to_end_id, payment_information_id, reason_code, bank_code, counterparty,
      remittance, debtor_mac, event_id)
    select t.id, ${bankAccountId}::uuid, ${statementId}::uuid, t.entry_index, t.detail_index, t.entry_ref, t.kind, t.finding, t.side,
      t.amount, 'EUR', t.booked_on, t.order_references, t.end_to_end_id, t.payment_information_id, t.reason_code, t.bank_code,
      t.counterparty, t.remittance, t.debtor_mac, t.event_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, entry_index int, detail_index int, entry_ref text, kind text,
      finding text, side text, amount bigint, booked_on date, order_references text[], end_to_end_id text, payment_information_id text,
      reason_code text, bank_code text, counterparty text, remittance text, debtor_mac text, event_id uuid)`;
}

export type PaymentMovement = Readonly<{
  paymentId: PaymentId; movement: 'booked' | 'returned'; bankLineId: string; eventId: string; bookedOn: string; reasonCode: string | null;
}>;

/** The movement first: the database lets a payment change its state only when the movement is there, and each only once. */
export async function movePayments(tx: Tx, movements: readonly PaymentMovement[]): Promise<void> {
  if (movements.length === 0) return;
  const rows = JSON.stringify(movements);
  await tx.sql.$executeRaw`
    insert into settlement.payment_movement (payment_id, movement, bank_line_id, event_id, booked_on, reason_code)
    select t."paymentId", t.movement, t."bankLineId", t."eventId", t."bookedOn", t."reasonCode"
    from jsonb_to_recordset(${rows}::jsonb) as t("paymentId" uuid, movement text, "bankLineId" uuid, "eventId" uuid, "bookedOn" date, "reasonCode" text)`;
  await tx.sql.$executeRaw`
    update settlement.payment p set state = t.movement
    from jsonb_to_recordset(${rows}::jsonb) as t("paymentId" uuid, movement text) where p.id = t."paymentId"`;
}
