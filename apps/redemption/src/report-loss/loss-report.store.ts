import type { BatchId, DistributorId, LossReportId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { Range } from '../till/reference.decision.js';
import type { LossesAsked, LossOutcome, LossReportView, ReportedLoss } from './report-loss.command.js';

export type LabelledBatch = Readonly<{ batchId: BatchId; count: number; bookletSize: number | null; serialPermutationId: string }>;

export async function findBatchByLabel(tx: Tx, label: string): Promise<LabelledBatch | undefined> {
  const [row] = await tx.sql.$queryRaw<LabelledBatch[]>`
    select id as "batchId", count, booklet_size as "bookletSize", serial_permutation_id as "serialPermutationId"
    from redemption.batch where serial_label = ${label}`;
  return row;
}

export type NewReport = Range & Readonly<{
  reportId: LossReportId; reference: string; batchId: BatchId; number: string; distributorId: string | null;
}>;

/** The one that there is, new or not: who reports again is told the same reference. */
export async function keepReport(tx: Tx, report: NewReport): Promise<ReportedLoss> {
  const { reportId, reference, batchId, first, last, number, distributorId } = report;
  await tx.sql.$executeRaw`
    insert into redemption.loss_report (id, reference, batch_id, first, last, number, distributor_id, reported_at)
    values (${reportId}::uuid, ${reference}, ${batchId}::uuid, ${first}, ${last}, ${number}, ${distributorId}::uuid, ${tx.now})
    on conflict (batch_id, first, last) do nothing`;
  const [row] = await tx.sql.$queryRaw<{ reference: string; reportedAt: Date }[]>`
    select reference, reported_at as "reportedAt" from redemption.loss_report
    where batch_id = ${batchId}::uuid and first = ${first} and last = ${last}`;
  return { reference: row!.reference, reportedAt: row!.reportedAt.toISOString() };
}

type Locked = Range & Readonly<{ batchId: BatchId; distributorId: DistributorId | null; answered: boolean }>;

/** Two people who answer at once are two in a row. */
export async function lockReport(tx: Tx, reportId: LossReportId): Promise<Locked | undefined> {
  const [row] = await tx.sql.$queryRaw<Locked[]>`
    select batch_id as "batchId", first, last, distributor_id as "distributorId",
      exists (select from redemption.loss_answer a where a.report_id = r.id) as answered
    from redemption.loss_report r, pg_advisory_xact_lock(hashtextextended('loss report ' || ${reportId}::text, 0)) where r.id = ${reportId}::uuid`;
  return row;
}

export async function insertAnswer(tx: Tx, reportId: LossReportId, outcome: LossOutcome): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.loss_answer (report_id, outcome, answered_by, answered_at)
    values (${reportId}::uuid, ${outcome}, ${tx.origin.actor.id}, ${tx.now})`;
}

export function listReports(sql: Sql, { before, rowsMax, open, distributorId }: LossesAsked): Promise<LossReportView[]> {
  return sql.$queryRaw<LossReportView[]>`
    select r.id as "reportId", r.reference, r.number, r.batch_id as "batchId", r.first, r.last, r.distributor_id as "distributorId",
      r.reported_at as "reportedAt", a.outcome, a.answered_at as "answeredAt",
      int4multirange(int4range(r.first, r.last, '[]')) <@ coalesce((
        select range_agg(int4range(s.first, s.last, '[]')) from redemption.stopped_range s where s.batch_id = r.batch_id), '{}') as stopped
    from redemption.loss_report r left join redemption.loss_answer a on a.report_id = r.id
    where (${before}::uuid is null or r.id < ${before}::uuid)
      and (${distributorId}::uuid is null or r.distributor_id = ${distributorId}::uuid)
      and (${open}::boolean is null or (a.report_id is null) = ${open}::boolean)
    order by r.id desc limit ${rowsMax}`;
}
