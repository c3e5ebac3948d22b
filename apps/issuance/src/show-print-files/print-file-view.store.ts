import type { BatchId, DownloadId, PrintFileId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { DOWNLOADS_SHOWN_MAX } from '../limits.js';
import type { PrintFormat } from '../print-batch/print-form.decision.js';

/** Without a digest it never left whole. */
export type DownloadView = Readonly<{
  downloadId: DownloadId; takenBy: string; takenAt: string; reprint: number; sha256: string | null; byteCount: number | null;
}>;
export type PrintFileView = Readonly<{
  printFileId: PrintFileId; format: PrintFormat; first: number; last: number; bookletSize: number; requestedAt: Date;
  downloadCount: number; downloads: readonly DownloadView[];
}>;

export async function listPrintFiles(
  sql: Sql, batchId: BatchId, before: PrintFileId | null, rowsMax: number,
): Promise<PrintFileView[]> {
  return sql.$queryRaw<PrintFileView[]>`
    select p.id as "printFileId", p.format, p.first, p.last, b.booklet_size as "bookletSize", p.requested_at as "requestedAt",
      (select count(*)::int from issuance.print_download d where d.print_file_id = p.id) as "downloadCount",
      (select coalesce(json_agg(json_build_object('downloadId', d.id, 'takenBy', d.taken_by, 'takenAt', d.taken_at, 'reprint', d.reprint,
          'sha256', d.sha256, 'byteCount', d.byte_count) order by d.id desc), '[]')
        from (select * from issuance.print_download d where d.print_file_id = p.id order by d.id desc limit ${DOWNLOADS_SHOWN_MAX}::int) d
      ) as downloads
    from issuance.print_file p join issuance.batch b on b.id = p.batch_id
    where p.batch_id = ${batchId}::uuid and (${before}::uuid is null or p.id < ${before}::uuid)
    order by p.id desc limit ${rowsMax}::int`;
}
