import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { assert, isRejected, reject, type Rejected } from '#libs/kernel';
import { Keyring } from '#libs/keys';
import { RedemptionWork } from '../redemption.work.js';
import { arrivalsWithin } from '../know-stock/known-stock.store.js';
import { readBatchToStop, unstoppedOf, type BatchToStop } from './stop.store.js';
import { stop } from './stop.js';
import { StopLost, StopVouchers, type Stopped, type Which } from './stop-vouchers.command.js';
import { decideOwn, decideStop, type Named } from './stop-vouchers.decision.js';

@CommandHandler(StopVouchers)
export class StopVouchersHandler implements ICommandHandler<StopVouchers> {
  constructor(private readonly work: RedemptionWork, private readonly keyring: Keyring) {}

  execute({ batchId, which, reason, distributorId, meta }: StopVouchers) {
    return this.work.once<Stopped | Rejected>(meta, async (tx) => {
      const batch = await readBatchToStop(tx, batchId, distributorId);
      // Nothing of it came to this distributor, or not yet as far as is known here: the same is said where there is no such batch.
      if (!batch && distributorId) return reject('range_not_held', 'range' in which ? { ...which.range } : {});
      const decided = decideStop(batch, this.named(batch, which));
      if (isRejected(decided)) return decided;

      const ranges = [...decided.ranges];
      const foreign = decideOwn(ranges, distributorId && { distributorId, arrivals: await arrivalsWithin(tx, batchId, ranges) });
      if (foreign) return foreign;
      const stopId = await stop(tx, { batchId, reason, ranges });
      return { stopId, batchId, ranges, count: decided.count, stoppedAt: tx.now.toISOString() };
    });
  }

  /** Serials are a keyed order of the batch's indices: only with its key can one be read. */
  private named(batch: BatchToStop | undefined, which: Which): Named {
    if ('range' in which) return which;
    if (!batch) return { vouchers: [] };
    const serials = this.keyring.serials(batch.serialPermutationId);
    return {
      vouchers: which.serials.map(({ serial, label, number }) =>
        ({ serial, index: label === serials.label ? serials.indexOf(number) : undefined })),
    };
  }
}

@CommandHandler(StopLost)
export class StopLostHandler implements ICommandHandler<StopLost> {
  constructor(private readonly work: RedemptionWork) {}

  async execute({ batchId, range, reason, meta }: StopLost): Promise<void> {
    await this.work.once(meta, async (tx) => {
      // Only what redemption has confirmed as loaded leaves the printer, so that its batch is here.
      assert(await readBatchToStop(tx, batchId, null), `batch ${batchId} was lost and is not known`);
      const ranges = await unstoppedOf(tx, batchId, range);
      if (ranges.length > 0) await stop(tx, { batchId, reason, ranges });
    });
  }
}
