import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { KeepCheckpoint } from './keep-checkpoint.command.js';
import { keepCheckpoint } from './known-checkpoint.store.js';

/** Keeps what audit signed and judges nothing: one that contradicts another is kept beside it, and that is the proof. */
@CommandHandler(KeepCheckpoint)
export class KeepCheckpointHandler implements ICommandHandler<KeepCheckpoint> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ checkpoint, eventId, meta }: KeepCheckpoint): Promise<null> {
    await this.work.once(meta, async (tx) => {
      await keepCheckpoint(tx, checkpoint, eventId);
      return null;
    });
    return null;
  }
}
