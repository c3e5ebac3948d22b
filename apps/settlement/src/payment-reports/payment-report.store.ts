import { createHash } from 'node:crypto';
import type { PaymentId, PaymentReportId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { PaymentReport } from '../bank-files/payment-report.js';
import { personOf } from '../settlement.work.js';
import type { DecidedStatus } from './payment-report.decision.js';

type Same = Readonly<{ id: PaymentReportId; runId: string | null; contentSha256: string }>;

export async function sameReport(tx: Tx, { messageId, originalMessageId }: PaymentReport): Promise<Same | undefined> {
  const [row] = await tx.sql.$queryRaw<Same[]>`
    select id, run_id as "runId", content_sha256 as "contentSha256" from settlement.payment_report
    where message_id = ${messageId} and original_message_id = ${originalMessageId}`;
  return row;
}

export async function runOfFile(tx: Tx, messageId: string): Promise<string | null> {
  const [row] = await tx.sql.$queryRaw<{ id: string }[]>`select id from settlement.settlement_run where message_id = ${messageId}`;
  return row?.id ?? null;
}

type NewReport = Readonly<{
  reportId: PaymentReportId; runId: string | null; report: PaymentReport; bytes: Uint8Array; contentSha256: string;
}>;

export async function insertReport(tx: Tx, { reportId, runId, report, bytes, contentSha256 }: NewReport): Promise<void> {
  const fileSha256 = createHash('sha256').update(bytes).digest('hex');
  await tx.sql.$executeRaw`
    insert into settlement.payment_report_file (sha256, bytes, imported_by, imported_at)
    values (${fileSha256}, ${bytes}, ${personOf(tx)}, ${tx.now}) on conflict (sha256) do nothing`;
  await tx.sql.$executeRaw`
    insert into settlement.payment_report (id, message_id, original_message_id, run_id, file_sha256, content_sha256, imported_by, imported_at)
    values (${reportId}::uuid, ${report.messageId}, ${report.originalMessageId}, ${runId}::uuid, ${fileSha256}, ${contentSha256},
      ${personOf(tx)}, ${tx.now})`;
}

export async function insertStatuses(tx: Tx, reportId: PaymentReportId, statuses: readonly DecidedStatus[]): Promise<void> {
  const rows = statuses.map(({ level, paymentInformationId, endToEndId, payment, status, outcome, finding }, ordinal) => ({
    ordinal, level, payment_information_id: paymentInformationId, end_to_end_id: endToEndId, payment_id: payment?.paymentId ?? null,
    status: status.code ?? null, reason_code: status.reason ?? null, reason_text: status.text ?? null, outcome, finding,
  }));
  await tx.sql.$executeRaw`
    insert into settlement.payment_report_status (report_id, ordinal, level, payment_information_id, end_to_end_id, payment_id, status,
      reason_code, reason_text, outcome, finding)
    select ${reportId}::uuid, t.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(ordinal int, level text,
      payment_information_id text, end_to_end_id text, payment_id uuid, status text, reason_code text, reason_text text, outcome text, finding text)`;
}

export type Rejection = Readonly<{ paymentId: PaymentId; reasonCode: string; eventId: string }>;

/** The rejection first: the database lets a payment become rejected only when it is there, and only once. */
export async function rejectPayments(tx: Tx, reportId: PaymentReportId, rejections: readonly Rejection[]): Promise<void> {
  if (rejections.length === 0) return;
  const rows = JSON.stringify(rejections);
  await tx.sql.$executeRaw`
    insert into settlement.payment_rejection (payment_id, report_id, event_id, reason_code, rejected_at)
    select t."paymentId", ${reportId}::uuid, t."eventId", t."reasonCode", ${tx.now}
    from jsonb_to_recordset(${rows}::jsonb) as t("paymentId" uuid, "eventId" uuid, "reasonCode" text)`;
  await tx.sql.$executeRaw`
    update settlement.payment p set state = 'rejected'
    from jsonb_to_recordset(${rows}::jsonb) as t("paymentId" uuid) where p.id = t."paymentId"`;
}
