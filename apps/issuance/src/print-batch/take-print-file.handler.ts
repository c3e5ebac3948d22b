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
import { encrypted } from '../encrypt-lines/encrypted.js';
import { lettersOf } from '../batch-letters/letters.js';
import { placesFor } from '../batch-letters/places-for.js';
import type { NearPlace } from '../know-places/known-place.store.js';
import { readPublicKey } from '../printer-key.store.js';
import { lockStock } from '../database.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { TakePrintFile, type TakenPrintFile } from './print-batch.command.js';
import { countEarlier, insertDownload, noteWritten, readPrintFile, type Digest, type PrintFile } from './print-file.store.js';
import { linesOf, type OpenBatch } from './print-lines.js';
import { witnessed } from './witnessed.js';

type Taken = Readonly<{
  downloadId: DownloadId; file: PrintFile; reprint: number; keys: BatchKeys; wrappedKey: WrappedKey; cover: Cover;
  places: readonly NearPlace[]; publicKey: string | undefined;
}>;

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
      const publicKey = file.printerKeyId === null ? undefined : await readPublicKey(tx.sql, file.printerKeyId);
      if (file.format === 'pgp' && publicKey === undefined) return reject('printer_key_not_found');
      const cover = await readCover(tx.sql, file.batchId);
      const places = file.letters ? await placesFor(tx, cover, file.letters) : [];
      const reprint = file.format === 'letters' ? 0 : await countEarlier(tx.sql, file.batchId, file.range);
      return { downloadId: await record(tx, file, reprint), file, reprint, keys, wrappedKey: keys.wrappedKey, cover, places, publicKey };
    });
    return isRejected(taken) ? taken : this.written(taken);
  }

  private written({ downloadId, file, reprint, keys, wrappedKey, cover, places, publicKey }: Taken): TakenPrintFile {
    const open = (): OpenBatch => ({
      range: file.range, bookletSize: keys.bookletSize, batchKey: this.keyring.unwrap(wrappedKey),
      serials: this.keyring.serials(keys.serialPermutationId), reprint,
    });
    const pieces = this.piecesOf(file, open, { cover, places, publicKey });
    return { pieces: witnessed(pieces, (digest) => this.note(downloadId, digest)) };
  }

  private piecesOf(
    { format, letters, requestedAt: at }: PrintFile, open: () => OpenBatch,
    { cover, places, publicKey }: Pick<Taken, 'cover' | 'places' | 'publicKey'>,
  ): AsyncGenerator<Uint8Array> {
    if (letters) return lettersOf(open, { cover, places, at, ...letters });
    if (format === 'pdf') return sheetsOf(open, { cover, addresses: this.addresses, at });
    const lines = linesOf(open, format === 'json' ? 'json' : 'csv');
    return publicKey === undefined ? lines : encrypted(lines, publicKey);
  }

  private async note(downloadId: DownloadId, digest: Digest): Promise<void> {
    await this.work.once({ kind: 'process', name: 'print', correlationId: `download:${downloadId}` }, (tx) =>
      noteWritten(tx, downloadId, digest));
  }
}

async function record(tx: Tx, { printFileId, batchId, format, range }: PrintFile, reprint: number): Promise<DownloadId> {
  const downloadId = idOf('download', tx.newId());
  await insertDownload(tx, { downloadId, printFileId, reprint }, actorOf(tx));
  await tx.emit(PrintFileTakenV1, {
    id: downloadId, subject: `batch:${batchId}`,
    body: { downloadId, printFileId, batchId, format, ...range, ...(reprint > 0 && { reprint }) },
  });
  return downloadId;
}
