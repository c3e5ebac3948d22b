import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { idOf, isRejected, type Rejected } from '#libs/kernel';
import { readBatch, readBatchKeys } from '../batch.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { isCancelled } from '../order-step.store.js';
import { hasPrinterKey, readPublicKey } from '../printer-key.store.js';
import { PrintPolicy } from './print-policy.js';
import { RequestPrintFile, type GrantedPrintFile } from './print-batch.command.js';
import { decidePrintFile } from './print-batch.decision.js';
import { insertPrintFile } from './print-file.store.js';

@CommandHandler(RequestPrintFile)
export class RequestPrintFileHandler implements ICommandHandler<RequestPrintFile> {
  constructor(private readonly work: IssuanceWork, private readonly policy: PrintPolicy) {}

  execute({ batchId, form, asked, meta }: RequestPrintFile) {
    return this.work.once<GrantedPrintFile | Rejected>(meta, async (tx) => {
      const keys = await readBatchKeys(tx.sql, batchId);
      const batch = keys && {
        ...keys, hasKey: keys.wrappedKey !== undefined, isCancelled: await isCancelled(tx.sql, (await readBatch(tx.sql, batchId))!),
      };
      const range = decidePrintFile(batch, form, asked, {
        isKeyInForce: form.printerKeyId !== null && (await readPublicKey(tx.sql, form.printerKeyId)) !== undefined,
        encryptsLines: this.policy.encryptsLines || (await hasPrinterKey(tx.sql)),
      });
      if (isRejected(range)) return range;
      const printFileId = idOf('printFile', tx.newId());
      await insertPrintFile(tx, { printFileId, batchId, range, ...form }, actorOf(tx));
      return { printFileId };
    });
  }
}
