// What was asked to be written out, and each time that it left.
import type { BatchId, DownloadId, PrinterKeyId, PrintFileId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { Range } from '../voucher-range.decision.js';
import type { LetterLanguage, PrintForm, PrintFormat } from './print-form.decision.js';

export type PrintFile = PrintForm & Readonly<{ printFileId: PrintFileId; batchId: BatchId; range: Range; requestedAt: Date }>;

export async function insertPrintFile(
  tx: Tx, { printFileId, batchId, format, printerKeyId, letters, range }: Omit<PrintFile, 'requestedAt'>, requestedBy: string,
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.print_file (id, batch_id, format, first, last, printer_key_id, language, large_print, commune, requested_by, requested_at)
    values (${printFileId}::uuid, ${batchId}::uuid, ${format}, ${range.first}, ${range.last}, ${printerKeyId}::uuid, ${letters?.language ?? null},
      ${letters?.largePrint ?? null}::boolean, ${letters?.commune ?? null}, ${requestedBy}, ${tx.now})`;
}

type FileRow = Range & {
  printFileId: PrintFileId; batchId: BatchId; format: PrintFormat; printerKeyId: PrinterKeyId | null; language: LetterLanguage | null;
  largePrint: boolean | null; commune: string | null; requestedAt: Date;
};

export async function readPrintFile(sql: Sql, printFileId: PrintFileId): Promise<PrintFile | undefined> {
  const [row] = await sql.$queryRaw<FileRow[]>`
    select p.id as "printFileId", p.batch_id as "batchId", p.format, p.first, p.last, p.printer_key_id as "printerKeyId", p.language,
      p.large_print as "largePrint", p.commune, p.requested_at as "requestedAt"
    from issuance.print_file p where p.id = ${printFileId}::uuid`;
  if (!row) return undefined;
  const { first, last, language, largePrint, commune, ...rest } = row;
  return { ...rest, range: { first, last }, letters: language === null ? null : { language, largePrint: largePrint === true, commune } };
}

/**
 * How often codes of this range left before, whole or in part: what was torn off may have been printed too. Letters carry
 * no code. The caller holds the lock of the batch, so that of two at once one is the second.
 */
export async function countEarlier(sql: Sql, batchId: BatchId, { first, last }: Range): Promise<number> {
  const [row] = await sql.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from issuance.print_download d join issuance.print_file p on p.id = d.print_file_id
    where p.batch_id = ${batchId}::uuid and p.format <> 'letters' and p.first <= ${last}::int and p.last >= ${first}::int`;
  return row!.count;
}

export type NewDownload = Readonly<{ downloadId: DownloadId; printFileId: PrintFileId; reprint: number }>;

export async function insertDownload(tx: Tx, { downloadId, printFileId, reprint }: NewDownload, takenBy: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.print_download (id, print_file_id, reprint, taken_by, taken_at)
    values (${downloadId}::uuid, ${printFileId}::uuid, ${reprint}::int, ${takenBy}, ${tx.now})`;
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
    where p.batch_id = ${batchId}::uuid and p.format <> 'letters'
      and exists (select from issuance.print_download d where d.print_file_id = p.id and d.written_at is not null)`;
  return row!.printed;
}
