// The one write of a stop: whoever asks for it, an operator, a distributor, a loss that issuance told or the holder of a voucher.
import { VoucherStoppedV1 } from '#libs/contracts';
import { idOf, type BatchId, type StopId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { Range } from '../till/reference.decision.js';
import { insertStop } from './stop.store.js';
import type { StopReason } from './stop-vouchers.command.js';

type Hit = Readonly<{ batchId: BatchId; reason: StopReason; ranges: Range[] }>;

export async function stop(tx: Tx, { batchId, reason, ranges }: Hit): Promise<StopId> {
  const stopId = idOf('stop', tx.newId());
  await insertStop(tx, { stopId, batchId, reason, ranges });
  await tx.emit(VoucherStoppedV1, { subject: `batch:${batchId}`, body: { stopId, batchId, ranges, reason } });
  return stopId;
}
