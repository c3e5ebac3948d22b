import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { assert, idOf } from '#libs/kernel';
import { readBatch } from '../batch.store.js';
import { IssuanceWork } from '../issuance.work.js';
import { lockOrder } from '../order.store.js';
import { insertHeldClaim, insertReleasedClaim } from './held-claim.store.js';
import { NoteHeldClaim, NoteReleasedClaim } from './note-held-claim.command.js';

@CommandHandler(NoteHeldClaim)
export class NoteHeldClaimHandler implements ICommandHandler<NoteHeldClaim> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ claim, meta }: NoteHeldClaim): Promise<void> {
    await this.work.once(meta, async (tx) => {
      const batch = await readBatch(tx.sql, idOf('batch', claim.batchId));
      assert(batch, `a claim of batch ${claim.batchId} is held, which issuance never made`);
      // A statement that is being drawn up is drawn up before this, or sees it.
      await lockOrder(tx, batch.orderId);
      await insertHeldClaim(tx, claim, batch.orderId);
    });
  }
}

@CommandHandler(NoteReleasedClaim)
export class NoteReleasedClaimHandler implements ICommandHandler<NoteReleasedClaim> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ claim, meta }: NoteReleasedClaim): Promise<void> {
    await this.work.once(meta, (tx) => insertReleasedClaim(tx, claim));
  }
}
