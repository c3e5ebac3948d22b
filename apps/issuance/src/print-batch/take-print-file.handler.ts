// Codes leave here and nowhere else. What leaves is recorded before the first byte and told to audit; its digest is
// recorded before the last byte, so that nobody holds a whole file that has none.
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PrintFileTakenV1 } from '#libs/contracts';
import { assert, idOf, isRejected, reject, type DownloadId } from '#libs/kernel';
import { Keyring, type WrappedKey } from '#libs/keys';
import type { Tx } from '#libs/persistence';
import { readBatchKeys, type BatchKeys } from '../batch.store.js';
import { readCover, type Cover } from '../booklet-sheets/cover.store.js';
import { sheetsOf } from '../booklet-sheets/sheets.js';
import { VoucherAddresses } from '../booklet-sheets/voucher-addresses.js';
import { lockStock } from '../database.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { TakePrintFile, type TakenPrintFile } from './print-batch.command.js';
import { insertDownload, noteWritten, readPrintFile, type Digest, type PrintFile } from './print-file.store.js';
import { linesOf, type OpenBatch } from './print-lines.js';
import { witnessed } from './witnessed.js';

type Taken = Readonly<{ downloadId: DownloadId; file: PrintFile; keys: BatchKeys; wrappedKey: WrappedKey; cover: Cover }>;

@CommandHandler(TakePrintFile)
export class TakePrintFileHandler implements ICommandHandler<TakePrintFile> {
  constructor(private readonly work: IssuanceWork, private readonly keyring: Keyring, private readonly addresses: VoucherAddresses) {}

  async execute({ printFileId, by: { actor, correlationId } }: TakePrintFile) {
    const meta = { kind: 'process', name: 'print', actor, correlationId } as const;
    const taken = await this.work.once(meta, async (tx) => {
      const file = await readPrintFile(tx.sql, printFileId);
      assert(file, `print file ${printFileId}, which nobody was granted`);
      // Whoever ends the key holds this lock: a download is before that and recorded, or after it and refused.
      await lockStock(tx, [file.batchId]);
      const keys = await readBatchKeys(tx.sql, file.batchId);
      assert(keys, `print file ${printFileId} of batch ${file.batchId}, which does not exist`);
      if (!keys.wrappedKey) return reject('batch_key_destroyed');
      // A key that does not open must fail here, and not in the middle of a file.
      this.keyring.unwrap(keys.wrappedKey).fill(0);
      const cover = await readCover(tx.sql, file.batchId);
      return { downloadId: await record(tx, file), file, keys, wrappedKey: keys.wrappedKey, cover };
    });
    return isRejected(taken) ? taken : this.written(taken);
  }

  private written({ downloadId, file, keys, wrappedKey, cover }: Taken): TakenPrintFile {
    const open = (): OpenBatch => ({
      range: file.range, bookletSize: keys.bookletSize, batchKey: this.keyring.unwrap(wrappedKey),
      serials: this.keyring.serials(keys.serialPermutationId),
    });
    const pieces = file.format === 'pdf'
      ? sheetsOf(open, { cover, addresses: this.addresses, at: file.requestedAt })
      : linesOf(open, file.format);
    return { pieces: witnessed(pieces, (digest) => this.note(downloadId, digest)) };
  }

  private async note(downloadId: DownloadId, digest: Digest): Promise<void> {
    await this.work.once({ kind: 'process', name: 'print', correlationId: `download:${downloadId}` }, (tx) =>
      noteWritten(tx, downloadId, digest));
  }
}

async function record(tx: Tx, { printFileId, batchId, format, range }: PrintFile): Promise<DownloadId> {
  const downloadId = idOf('download', tx.newId());
  await insertDownload(tx, downloadId, printFileId, actorOf(tx));
  await tx.emit(PrintFileTakenV1, {
    id: downloadId, subject: `batch:${batchId}`, body: { downloadId, printFileId, batchId, format, ...range },
  });
  return downloadId;
}
