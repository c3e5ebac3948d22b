import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { RangeReturnedV1 } from '#libs/contracts';
import { reject, type Rejected } from '#libs/kernel';
import { lockStock } from '../database.store.js';
import { markReturned, readHandOver } from '../hand-over.store.js';
import { insertHoldings, piecesOf } from '../holding.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { ReturnHandOver, type ReturnedHandOver } from './hand-over.command.js';

@CommandHandler(ReturnHandOver)
export class ReturnHandOverHandler implements ICommandHandler<ReturnHandOver> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ handOverId, distributorId, meta }: ReturnHandOver) {
    return this.work.once<ReturnedHandOver | Rejected>(meta, async (tx) => {
      const found = await readHandOver(tx.sql, handOverId, distributorId);
      if (!found) return reject('hand_over_not_found');
      const { batchId, agentId, deliveryOutcomeId, first, last } = found;
      await lockStock(tx, [batchId]);
      // Read again: another may have taken it back while this one waited.
      if ((await readHandOver(tx.sql, handOverId, distributorId))!.isReturned) return reject('hand_over_returned');
      await markReturned(tx, handOverId, actorOf(tx));
      // Back to the desk that it came from, as what that had received.
      const [pieces = []] = await piecesOf(tx.sql, [{ batchId, range: { first, last } }]);
      const to = { place: 'stock', distributorId, agentId, documentId: deliveryOutcomeId } as const;
      await insertHoldings(tx, pieces.map((from) => ({ from, to })), actorOf(tx));
      await tx.emit(RangeReturnedV1, { subject: `batch:${batchId}`, body: { handOverId, batchId, distributorId, first, last } });
      return { handOverId, batchId, first, last };
    });
  }
}
