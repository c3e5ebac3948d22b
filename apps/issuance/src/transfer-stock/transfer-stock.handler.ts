import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { idOf, isRejected, type DistributorId, type Rejected } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { agentExists } from '../agent.store.js';
import { readBatch } from '../batch.store.js';
import { lockStock } from '../database.store.js';
import { insertDelivery } from '../delivery.store.js';
import { distributorExists } from '../distributor.store.js';
import { insertHoldings, piecesOf, stoppedAmong } from '../holding.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { rangeOf } from '../voucher-range.decision.js';
import { TransferStock, type Transferred } from './transfer-stock.command.js';
import { decideTransfer, type Goal } from './transfer-stock.decision.js';

@CommandHandler(TransferStock)
export class TransferStockHandler implements ICommandHandler<TransferStock> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ request: { distributorId, batchId, asked, goal, fromAgentId }, meta }: TransferStock) {
    return this.work.once<Transferred | Rejected>(meta, async (tx) => {
      await lockStock(tx, [batchId]);
      const batch = await readBatch(tx.sql, batchId, distributorId);
      const range = batch && rangeOf(asked, batch);
      const laid = range ? [{ batchId, range }] : [];
      const [pieces = []] = await piecesOf(tx.sql, laid);
      const decided = decideTransfer(batch, { asked, from: { distributorId, agentId: fromAgentId }, goal }, {
        goalExists: await goalExists(tx.sql, distributorId, goal), pieces, stopped: (await stoppedAmong(tx.sql, laid)).get(0),
      });
      if (isRejected(decided)) return decided;

      const deliveryId = idOf('delivery', tx.newId());
      const delivery = { deliveryId, batchId, ...decided, fromDistributorId: distributorId, fromAgentId };
      await insertDelivery(tx, delivery, batch!.count, actorOf(tx));
      // On its way to whoever gets it: of a return, that is no distributor.
      const goalId = decided.kind === 'return' ? null : decided.distributorId;
      const to = { place: 'under_way', distributorId: goalId, agentId: decided.agentId, documentId: deliveryId } as const;
      await insertHoldings(tx, pieces.map((from) => ({ from, to })), actorOf(tx));
      return { deliveryId, batchId, ...decided.range };
    });
  }
}

async function goalExists(sql: Sql, own: DistributorId, goal: Goal): Promise<boolean> {
  if (goal.kind === 'distributor') return distributorExists(sql, goal.distributorId);
  return goal.kind === 'agent' ? agentExists(sql, own, goal.agentId) : true;
}
