// What was asked to be written out, and each time that it left.
import type { BatchId, DownloadId, PrintFileId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { Range } from '../voucher-range.decision.js';
import type { PrintFormat } from './print-batch.command.js';

export type PrintFile = Readonly<{ printFileId: PrintFileId; batchId: BatchId; format: PrintFormat; range: Range; requestedAt: Date }>;

export async function insertPrintFile(
  tx: Tx, { printFileId, batchId, format, range }: Omit<PrintFile, 'requestedAt'>, requestedBy: string,
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.print_file (id, batch_id, format, first, last, requested_by, requested_at)
    values (${printFileId}::uuid, ${batchId}::uuid, ${format}, ${range.first}, ${range.last}, ${requestedBy}, ${tx.now})`;
}

export async function readPrintFile(sql: Sql, printFileId: PrintFileId): Promise<PrintFile | undefined> {
  const [row] = await sql.$queryRaw<(Omit<PrintFile, 'range'> & Range)[]>`
    select p.id as "printFileId", p.batch_id as "batchId", p.format, p.first, p.last, p.requested_at as "requestedAt"
    from issuance.print_file p where p.id = ${printFileId}::uuid`;
  if (!row) return undefined;
  const { first, last, ...rest } = row;
  return { ...rest, range: { first, last } };
}

export async function insertDownload(
  tx: Tx, downloadId: DownloadId, printFileId: PrintFileId, takenBy: string,
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.print_download (id, print_file_id, taken_by, taken_at)
    values (${downloadId}::uuid, ${printFileId}::uuid, ${takenBy}, ${tx.now})`;
}

export type Digest = Readonly<{ sha256: string; byteCount: number }>;

export async function noteWritten(tx: Tx, downloadId: DownloadId, { sha256, byteCount }: Digest): Promise<void> {
  await tx.sql.$executeRaw`
    update issuance.print_download set sha256 = ${sha256}, byte_count = ${byteCount}::bigint, written_at = ${tx.now}
    where id = ${downloadId}::uuid`;
}

/** Whether each voucher of `range` left whole for a printer, in one file or several. */
export async function isPrinted(sql: Sql, batchId: BatchId, { first, last }: Range): Promise<boolean> {
  const [row] = await sql.$queryRaw<{ printed: boolean }[]>`
    select coalesce(range_agg(int4range(p.first, p.last, '[]')) @> int4range(${first}::int, ${last}::int, '[]'), false) as printed
    from issuance.print_file p
    where p.batch_id = ${batchId}::uuid
      and exists (select from issuance.print_download d where d.print_file_id = p.id and d.written_at is not null)`;
  return row!.printed;
}
