import type { Sql } from '#libs/persistence';
import type { ListedRun, ListRuns } from './settlement-runs.queries.js';

export const listRuns = (sql: Sql, { before, rowsMax, runId }: ListRuns['page']): Promise<ListedRun[]> => sql.$queryRaw<ListedRun[]>`
  select r.id, r.rail, r.bank_account_id as "bankAccountId", r.purpose, r.state, r.message_id as "messageId", r.execution_on::text as "executionOn",
    r.payment_count as "paymentCount", r.amount, f.sha256, r.created_by as "createdBy", r.created_at as "createdAt",
    r.released_at as "releasedAt",
    (select count(*)::int from settlement.payment_file_download d where d.run_id = r.id) as downloads,
    (select coalesce(jsonb_agg(jsonb_build_object('userId', a.user_id, 'at', to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by a.at), '[]')
      from settlement.approval a where a.run_id = r.id) as approvals,
    c.reason as "cancelReason", c.cancelled_by as "cancelledBy", c.cancelled_at as "cancelledAt"
  from settlement.settlement_run r join settlement.payment_file f on f.run_id = r.id
  left join settlement.run_cancellation c on c.run_id = r.id
  where (${before}::uuid is null or r.id < ${before}::uuid) and (${runId}::uuid is null or r.id = ${runId}::uuid)
  order by r.id desc limit ${rowsMax}::int`;
