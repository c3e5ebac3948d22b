import type { Sql } from '#libs/persistence';
import type { ListedStatus, ListReportedStatuses } from './list-payment-reports.query.js';

/** Without the bank's own words, which may name people; they stay in the table. */
export const listStatuses = (sql: Sql, { reportId, after, rowsMax, outcome }: ListReportedStatuses['page']): Promise<ListedStatus[]> =>
  sql.$queryRaw<ListedStatus[]>`
    select ordinal, level, end_to_end_id as "endToEndId", payment_id as "paymentId", status, reason_code as "reasonCode", outcome, finding
    from settlement.payment_report_status
    where report_id = ${reportId}::uuid and ordinal > ${after}::int and (${outcome}::text is null or outcome = ${outcome}::text)
    order by ordinal limit ${rowsMax}::int`;
