import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayIn, isRejected, type BatchId, type Rejected } from '#libs/kernel';
import { Keyring } from '#libs/keys';
import type { Tx } from '#libs/persistence';
import type { Range } from '../voucher-range.decision.js';
import { readBatch } from '../batch.store.js';
import { announceBatch, keepBatch } from '../create-batch/new-batch.js';
import { IssuanceWork } from '../issuance.work.js';
import { OPERATOR_ZONE, REPLACEMENT_COUNT_MAX } from '../limits.js';
import { Minter } from '../mint-chunks/minter.js';
import { lockOrder, type Order } from '../order.store.js';
import { ReplaceVouchers, type Replacement } from './replace-vouchers.command.js';
import { decideReplacement, type ReplaceableBatch } from './replace-vouchers.decision.js';
import { insertReplacement, standingOf } from './replacement.store.js';

@CommandHandler(ReplaceVouchers)
export class ReplaceVouchersHandler implements ICommandHandler<ReplaceVouchers> {
  constructor(private readonly work: IssuanceWork, private readonly keyring: Keyring, private readonly minter: Minter) {}

  async execute({ batchId, range, meta }: ReplaceVouchers) {
    const outcome = await this.work.once<Replacement | Rejected>(meta, async (tx) => {
      const found = await lockReplaceable(tx, batchId, range);
      const decided = decideReplacement(
        found?.batch, range, { today: dayIn(OPERATOR_ZONE, tx.now), countMax: REPLACEMENT_COUNT_MAX });
      return isRejected(decided) ? decided : this.replace(tx, found!.order, { batchId, range, count: decided.count });
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

/** Its order is locked, so that two replacements of one range follow one another. */
async function lockReplaceable(
  tx: Tx, batchId: BatchId, range: Range,
): Promise<Readonly<{ order: Order; batch: ReplaceableBatch }> | undefined> {
  const batch = await readBatch(tx.sql, batchId);
  const order = batch && (await lockOrder(tx, batch.orderId));
  return order && {
    order, batch: { count: batch.count, claimableUntil: order.claimableUntil, ...await standingOf(tx, batchId, range) },
  };
}
