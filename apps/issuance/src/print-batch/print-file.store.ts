import type { BatchId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { PrintFormat } from './print-batch.command.js';

export async function insertPrintFile(
  tx: Tx, file: Readonly<{ printFileId: string; batchId: BatchId; format: PrintFormat }>, requestedBy: string,
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.print_file (id, batch_id, format, requested_by, requested_at)
    values (${file.printFileId}::uuid, ${file.batchId}::uuid, ${file.format}, ${requestedBy}, ${tx.now})`;
}
