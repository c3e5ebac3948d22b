import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayIn, isRejected, type BatchId, type DistributorId, type Rejected } from '#libs/kernel';
import { Keyring } from '#libs/keys';
import type { Tx } from '#libs/persistence';
import type { Range } from '../voucher-range.decision.js';
import { announceBatch, keepBatch } from '../create-batch/new-batch.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { OPERATOR_ZONE, REPLACEMENT_COUNT_MAX } from '../limits.js';
import { Minter } from '../mint-chunks/minter.js';
import type { Order } from '../order.store.js';
import { insertWithinQuota } from './quota.store.js';
import { ReplaceVouchers, type Replacement } from './replace-vouchers.command.js';
import { decideOwner, decideQuota, decideReplacement } from './replace-vouchers.decision.js';
import { lockOwn, lockReplaceable, monthOf } from './replaceable.js';
import { insertReplacement } from './replacement.store.js';

@CommandHandler(ReplaceVouchers)
export class ReplaceVouchersHandler implements ICommandHandler<ReplaceVouchers> {
  constructor(private readonly work: IssuanceWork, private readonly keyring: Keyring, private readonly minter: Minter) {}

  async execute({ batchId, range, distributorId, meta }: ReplaceVouchers) {
    const outcome = await this.work.once<Replacement | Rejected>(meta, async (tx) => {
      const found = await lockReplaceable(tx, batchId, range);
      const own = distributorId && (await lockOwn(tx, distributorId, { batchId, count: found?.batch.count ?? 0, range }));
      const foreign = own && decideOwner(range, own);
      if (foreign) return foreign;
      const decided = decideReplacement(
        found?.batch, range, { today: dayIn(OPERATOR_ZONE, tx.now), countMax: REPLACEMENT_COUNT_MAX });
      if (isRejected(decided)) return decided;
      const beyond = own && decideQuota(range, own);
      if (beyond) return beyond;
      if (distributorId) await spendQuota(tx, distributorId, { batchId, range });
      return this.replace(tx, found!.order, { batchId, range, count: decided.count });
    });
    this.minter.wake();
    return outcome;
  }

  /** The order's count of minted vouchers stays: these were not ordered, and nobody pays for them again. */
  private async replace(
    tx: Tx, order: Order, { batchId, range, count }: Readonly<{ batchId: BatchId; range: Range; count: number }>,
  ): Promise<Replacement> {
    const made = await keepBatch(tx, this.keyring, order, { count, bookletSize: 1 });
    const replacement = { batchId: made.batchId, replacedBatchId: batchId, ...range };
    await insertReplacement(tx, replacement);
    await announceBatch(tx, order, made, { batchId, first: range.first });
    return { ...replacement, count };
  }
}

async function spendQuota(
  tx: Tx, distributorId: DistributorId, { batchId, range }: Readonly<{ batchId: BatchId; range: Range }>,
): Promise<void> {
  await insertWithinQuota(tx, { distributorId, month: monthOf(tx.now), replacedBatchId: batchId, ...range, way: 'minted' }, actorOf(tx));
}
