import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { assert, idOf } from '#libs/kernel';
import { lockBatch } from '../batch.store.js';
import { lockByName } from '../database.store.js';
import { EXPIRY_RUNS_LOCK } from '../expire-batch/expiry-run.store.js';
import { RedemptionWork } from '../redemption.work.js';
import { finishExtension, insertExtension, readExtendable } from './batch-extension.store.js';
import { ExtendBatch } from './extend-batch.command.js';
import { decideExtension } from './extend-batch.decision.js';
import { ExtensionRunner } from './extension-runner.js';

@CommandHandler(ExtendBatch)
export class ExtendBatchHandler implements ICommandHandler<ExtendBatch> {
  constructor(private readonly work: RedemptionWork, private readonly runner: ExtensionRunner) {}

  async execute({ extension, eventId, meta }: ExtendBatch): Promise<void> {
    await this.work.once(meta, async (tx) => {
      // So that no run begins between the look and the new dates, which alone would stop it.
      await lockByName(tx, EXPIRY_RUNS_LOCK);
      const batch = await lockBatch(tx, extension.batchId);
      assert(batch, `batch ${extension.batchId} is extended and was never announced`);
      const decided = decideExtension(await readExtendable(tx, batch.id), extension);
      await insertExtension(tx, eventId, extension);
      if (decided.posting) await tx.postTaken(decided.posting);
      if (!decided.restores) await finishExtension(tx, eventId, idOf('batch', extension.batchId));
    });
    this.runner.wake();
  }
}
