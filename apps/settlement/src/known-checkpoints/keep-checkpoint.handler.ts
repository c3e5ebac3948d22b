import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isConsistent } from '#libs/proofs';
import { SettlementWork } from '../settlement.work.js';
import { KeepCheckpoint } from './keep-checkpoint.command.js';
import { keepCheckpoint } from './known-checkpoint.store.js';

/**
 * Keeps what audit signed, whatever it says: one that contradicts another is kept beside it, and that is the proof. Whether it
 * follows the one before is kept with it, and judged by invariant A8: a chain that broke lets no money go.
 */
@CommandHandler(KeepCheckpoint)
export class KeepCheckpointHandler implements ICommandHandler<KeepCheckpoint> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ checkpoint, eventId, meta }: KeepCheckpoint): Promise<null> {
    await this.work.once(meta, async (tx) => {
      await keepCheckpoint(tx, checkpoint, eventId, provedOf(checkpoint));
      return null;
    });
    return null;
  }
}

function provedOf({ size, root, follows }: KeepCheckpoint['checkpoint']): boolean | null {
  if (!follows) return null;
  return follows.size < size && isConsistent({ from: follows.size, to: size, fromRoot: follows.root, toRoot: root, path: follows.path });
}
