import type { BatchId, DistributorId, StockLossId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { Range } from '../voucher-range.decision.js';
import type { LossReason } from './lose-stock.command.js';

export type NewLoss = Readonly<{
  stockLossId: StockLossId; batchId: BatchId; batchCount: number; distributorId: DistributorId | null; reason: LossReason; range: Range;
}>;

export async function insertLoss(tx: Tx, loss: NewLoss, notedBy: string): Promise<void> {
  const { stockLossId, batchId, batchCount, distributorId, reason, range } = loss;
  await tx.sql.$executeRaw`
    insert into issuance.stock_loss (id, batch_id, batch_count, distributor_id, reason, first, last, noted_by, noted_at)
    values (${stockLossId}::uuid, ${batchId}::uuid, ${batchCount}, ${distributorId}::uuid, ${reason}, ${range.first}, ${range.last}, ${notedBy},
      ${tx.now})`;
}
