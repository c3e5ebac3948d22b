import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { assert, reject, type Rejected } from '#libs/kernel';
import { Keyring } from '#libs/keys';
import { readBatchKeys } from '../batch.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { ReadPrintFile, RequestPrintFile, type PrintFile } from './print-batch.command.js';
import { printLines } from './print-lines.js';
import { insertPrintFile } from './print-file.store.js';

@CommandHandler(RequestPrintFile)
export class RequestPrintFileHandler implements ICommandHandler<RequestPrintFile> {
  constructor(private readonly work: IssuanceWork, private readonly keyring: Keyring) {}

  execute({ batchId, format, meta }: RequestPrintFile) {
    return this.work.once<PrintFile | Rejected>(meta, async (tx) => {
      const keys = await readBatchKeys(tx.sql, batchId);
      if (!keys) return reject('batch_not_found');
      // A key that does not open must fail here, and not in the middle of a file.
      this.keyring.unwrap(keys.wrappedKey).fill(0);
      const printFileId = tx.newId();
      await insertPrintFile(tx, { printFileId, batchId, format }, actorOf(tx));
      return { printFileId, count: keys.count };
    });
  }
}

@QueryHandler(ReadPrintFile)
export class ReadPrintFileHandler implements IQueryHandler<ReadPrintFile> {
  constructor(private readonly work: IssuanceWork, private readonly keyring: Keyring) {}

  async execute({ batchId, format }: ReadPrintFile): Promise<AsyncIterable<string>> {
    const keys = await readBatchKeys(this.work.client, batchId);
    assert(keys, `print file of batch ${batchId}, which does not exist`);
    const open = () => ({
      count: keys.count, batchKey: this.keyring.unwrap(keys.wrappedKey),
      serials: this.keyring.serials(keys.serialPermutationId),
    });
    return printLines(open, format);
  }
}
