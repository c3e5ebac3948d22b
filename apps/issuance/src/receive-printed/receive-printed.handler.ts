import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected, type Rejected } from '#libs/kernel';
import { readBatch } from '../batch.store.js';
import { lockStock } from '../database.store.js';
import { insertHoldings, piecesOf } from '../holding.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { isPrinted } from '../print-batch/print-file.store.js';
import { rangeOf } from '../voucher-range.decision.js';
import { ReceivePrinted, type ReceivedPrinted } from './receive-printed.command.js';
import { decidePrinted } from './receive-printed.decision.js';

@CommandHandler(ReceivePrinted)
export class ReceivePrintedHandler implements ICommandHandler<ReceivePrinted> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ batchId, asked, meta }: ReceivePrinted) {
    return this.work.once<ReceivedPrinted | Rejected>(meta, async (tx) => {
      await lockStock(tx, [batchId]);
      const batch = await readBatch(tx.sql, batchId);
      const range = batch && rangeOf(asked, batch);
      const [pieces = []] = await piecesOf(tx.sql, range ? [{ batchId, range }] : []);
      const decided = decidePrinted(batch, asked, { pieces, isPrinted: range !== undefined && (await isPrinted(tx.sql, batchId, range)) });
      if (isRejected(decided)) return decided;
      const to = { place: 'operator', distributorId: null, agentId: null, documentId: null } as const;
      await insertHoldings(tx, pieces.map((from) => ({ from, to })), actorOf(tx));
      return { batchId, ...decided };
    });
  }
}
