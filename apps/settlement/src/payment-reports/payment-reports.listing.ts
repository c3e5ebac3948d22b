// What the bank said of our payment files before any debit, to look through, add up and take away.
import type { Listing } from '#libs/listing';

export const paymentReports: Listing = {
  rows: `select r.id, r.id as "reportId", r.run_id as "runId", r.message_id as "messageId", r.original_message_id as "originalMessageId",
      r.imported_by as "importedBy", r.imported_at as "importedAt", told.statuses, told.rejected, told.findings, told.rejected_cents as "rejectedCents"
    from settlement.payment_report r
    cross join lateral (select count(*) as statuses, count(*) filter (where s.outcome = 'rejected') as rejected,
        count(*) filter (where s.outcome = 'finding') as findings, coalesce(sum(p.amount) filter (where s.outcome = 'rejected'), 0)::bigint as rejected_cents
      from settlement.payment_report_status s left join settlement.payment p on p.id = s.payment_id where s.report_id = r.id) told`,
  columns: {
    reportId: { kind: 'uuid', of: 'paymentReport', filter: 'equal' },
    runId: { kind: 'uuid', of: 'settlementRun', filter: 'equal' },
    importedAt: { kind: 'moment', sort: true, filter: 'range' },
    messageId: { kind: 'text', filter: 'contains' },
    originalMessageId: { kind: 'text', sort: true, filter: 'contains' },
    statuses: { kind: 'whole', sort: true, sum: true },
    rejected: { kind: 'whole', sort: true, filter: 'range', sum: true },
    findings: { kind: 'whole', sort: true, filter: 'range', sum: true },
    rejectedCents: { kind: 'cents', sort: true, filter: 'range', sum: true },
  },
  usualSort: '-importedAt',
};
