// A message about a batch that is not ours, or not as we sent it, is a fault: it ends among the dead letters, where
// somebody sees it, and not in a silent update of nothing.
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { assert } from '#libs/kernel';
import { markSpendable } from '../activation.store.js';
import { addToFunnel, addUndoneToFunnel, markLoaded, settleState } from '../batch.store.js';
import { IssuanceWork } from '../issuance.work.js';
import { addToBooklet, addUndoneToBooklet } from './booklet-use.store.js';
import { CountRedemption, CountUndone, NoteChunkLoaded, NoteRangeSpendable } from './track-batch.command.js';

@CommandHandler(NoteChunkLoaded)
export class NoteChunkLoadedHandler implements ICommandHandler<NoteChunkLoaded> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ batchId, chunk, count, meta }: NoteChunkLoaded): Promise<void> {
    await this.work.once(meta, async (tx) => {
      const known = await markLoaded(tx, batchId, chunk, count);
      assert(known, `chunk ${chunk} of batch ${batchId} with ${count} vouchers was never minted`);
      await settleState(tx, batchId);
    });
  }
}

@CommandHandler(NoteRangeSpendable)
export class NoteRangeSpendableHandler implements ICommandHandler<NoteRangeSpendable> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ activationId, meta }: NoteRangeSpendable): Promise<void> {
    await this.work.once(meta, async (tx) => {
      assert(await markSpendable(tx, activationId), `activation ${activationId} is not ours`);
    });
  }
}

@CommandHandler(CountRedemption)
export class CountRedemptionHandler implements ICommandHandler<CountRedemption> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ used, meta }: CountRedemption): Promise<void> {
    await this.work.once(meta, async (tx) => {
      assert(await addToFunnel(tx, used.batchId, used.amount), `batch ${used.batchId} is not ours`);
      await addToBooklet(tx, used);
    });
  }
}

@CommandHandler(CountUndone)
export class CountUndoneHandler implements ICommandHandler<CountUndone> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ used, meta }: CountUndone): Promise<void> {
    await this.work.once(meta, async (tx) => {
      assert(await addUndoneToFunnel(tx, used.batchId, used.amount), `batch ${used.batchId} is not ours`);
      await addUndoneToBooklet(tx, used);
    });
  }
}
