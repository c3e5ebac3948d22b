import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { idOf, isRejected, type Rejected } from '#libs/kernel';
import { readBatchKeys } from '../batch.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { ORDER_COUNT_MAX, SHEET_VOUCHERS_MAX } from '../limits.js';
import { RequestPrintFile, type GrantedPrintFile } from './print-batch.command.js';
import { decidePrintFile } from './print-batch.decision.js';
import { insertPrintFile } from './print-file.store.js';

@CommandHandler(RequestPrintFile)
export class RequestPrintFileHandler implements ICommandHandler<RequestPrintFile> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ batchId, format, asked, meta }: RequestPrintFile) {
    return this.work.once<GrantedPrintFile | Rejected>(meta, async (tx) => {
      const keys = await readBatchKeys(tx.sql, batchId);
      const countMax = format === 'pdf' ? SHEET_VOUCHERS_MAX : ORDER_COUNT_MAX;
      const range = decidePrintFile(keys && { ...keys, hasKey: keys.wrappedKey !== undefined }, asked, countMax);
      if (isRejected(range)) return range;
      const printFileId = idOf('printFile', tx.newId());
      await insertPrintFile(tx, { printFileId, batchId, format, range }, actorOf(tx));
      return { printFileId };
    });
  }
}
