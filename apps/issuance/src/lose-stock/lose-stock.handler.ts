import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { RangeWrittenOffV1 } from '#libs/contracts';
import { idOf, isRejected, type Rejected } from '#libs/kernel';
import { readBatch } from '../batch.store.js';
import { endKey } from '../confirm-delivery/end-key.js';
import { lockStock } from '../database.store.js';
import { insertHoldings, piecesOf, unsettledOf } from '../holding.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { rangeOf } from '../voucher-range.decision.js';
import { LoseStock, type WrittenOff } from './lose-stock.command.js';
import { decideLoss } from './lose-stock.decision.js';
import { insertLoss } from './stock-loss.store.js';

@CommandHandler(LoseStock)
export class LoseStockHandler implements ICommandHandler<LoseStock> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ request: { batchId, asked, reason, distributorId }, meta }: LoseStock) {
    return this.work.once<WrittenOff | Rejected>(meta, async (tx) => {
      await lockStock(tx, [batchId]);
      const batch = await readBatch(tx.sql, batchId, distributorId);
      const laid = batch && rangeOf(asked, batch);
      const [pieces = []] = await piecesOf(tx.sql, laid ? [{ batchId, range: laid }] : []);
      const decided = decideLoss(batch, asked, distributorId, { pieces, unsettled: await unsettledOf(tx.sql, batchId) });
      if (isRejected(decided)) return decided;

      const { range, endsKey } = decided;
      const stockLossId = idOf('stockLoss', tx.newId());
      await insertLoss(tx, { stockLossId, batchId, batchCount: batch!.count, distributorId, reason, range }, actorOf(tx));
      const isDestroyed = reason === 'destroyed';
      const to = { place: isDestroyed ? 'destroyed' : 'lost', distributorId: isDestroyed ? null : distributorId, agentId: null, documentId: stockLossId } as const;
      await insertHoldings(tx, pieces.map((from) => ({ from, to })), actorOf(tx));
      await tx.emit(RangeWrittenOffV1, {
        subject: `batch:${batchId}`, body: { stockLossId, batchId, ...(distributorId && { distributorId }), ...range, reason },
      });
      if (endsKey) await endKey(tx, batchId);
      return { stockLossId, batchId, ...range, reason, keyDestroyed: endsKey };
    });
  }
}
