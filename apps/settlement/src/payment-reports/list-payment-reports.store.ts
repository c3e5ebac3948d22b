import type { Sql } from '#libs/persistence';
import type { ListedReport, ListedStatus, ListPaymentReports, ListReportedStatuses } from './list-payment-reports.query.js';

export const listReports = (sql: Sql, { before, rowsMax }: ListPaymentReports['page']): Promise<ListedReport[]> => sql.$queryRaw<ListedReport[]>`
  select r.id, r.run_id as "runId", r.message_id as "messageId", r.original_message_id as "originalMessageId", r.imported_by as "importedBy",
    r.imported_at as "importedAt", s.statuses, s.rejected, s.findings
  from settlement.payment_report r
  cross join lateral (select count(*)::int as statuses, count(*) filter (where outcome = 'rejected')::int as rejected,
      count(*) filter (where outcome = 'finding')::int as findings
    from settlement.payment_report_status s where s.report_id = r.id) s
  where (${before}::uuid is null or r.id < ${before}::uuid)
  order by r.id desc limit ${rowsMax}::int`;

/** Without the bank's own words, which may name people; they stay in the table. */
export const listStatuses = (sql: Sql, { reportId, after, rowsMax, outcome }: ListReportedStatuses['page']): Promise<ListedStatus[]> =>
  sql.$queryRaw<ListedStatus[]>`
    select ordinal, level, end_to_end_id as "endToEndId", payment_id as "paymentId", status, reason_code as "reasonCode", outcome, finding
    from settlement.payment_report_status
    where report_id = ${reportId}::uuid and ordinal > ${after}::int and (${outcome}::text is null or outcome = ${outcome}::text)
    order by ordinal limit ${rowsMax}::int`;
