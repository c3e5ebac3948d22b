import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { VoucherStoppedV1 } from '#libs/contracts';
import { idOf, isRejected, type Rejected } from '#libs/kernel';
import { Keyring } from '#libs/keys';
import { RedemptionWork } from '../redemption.work.js';
import { insertStop, readBatchToStop, type BatchToStop } from './stop.store.js';
import { StopVouchers, type Stopped, type Which } from './stop-vouchers.command.js';
import { decideStop, type Named } from './stop-vouchers.decision.js';

@CommandHandler(StopVouchers)
export class StopVouchersHandler implements ICommandHandler<StopVouchers> {
  constructor(private readonly work: RedemptionWork, private readonly keyring: Keyring) {}

  execute({ batchId, which, reason, meta }: StopVouchers) {
    return this.work.once<Stopped | Rejected>(meta, async (tx) => {
      const batch = await readBatchToStop(tx, batchId);
      const decided = decideStop(batch, this.named(batch, which));
      if (isRejected(decided)) return decided;

      const stopId = idOf('stop', tx.newId());
      const ranges = [...decided.ranges];
      await insertStop(tx, { stopId, batchId, reason, ranges });
      await tx.emit(VoucherStoppedV1, { subject: `batch:${batchId}`, body: { stopId, batchId, ranges, reason } });
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
