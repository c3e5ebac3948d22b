// What redemption says of stopped and replaced vouchers. About a batch that is not ours it is a fault, for somebody to see.
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { assert } from '#libs/kernel';
import { IssuanceWork } from '../issuance.work.js';
import { NoteReplaced, NoteStopped } from './replace-vouchers.command.js';
import { insertStoppedRanges, markReplaced } from './replacement.store.js';

@CommandHandler(NoteStopped)
export class NoteStoppedHandler implements ICommandHandler<NoteStopped> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ stop, meta }: NoteStopped): Promise<void> {
    await this.work.once(meta, (tx) => insertStoppedRanges(tx, stop));
  }
}

@CommandHandler(NoteReplaced)
export class NoteReplacedHandler implements ICommandHandler<NoteReplaced> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ replaced, meta }: NoteReplaced): Promise<void> {
    await this.work.once(meta, async (tx) => {
      assert(await markReplaced(tx, replaced), `batch ${replaced.replacementBatchId} is no replacement of ours`);
    });
  }
}
