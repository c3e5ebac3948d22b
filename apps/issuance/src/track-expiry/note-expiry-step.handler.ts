import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { assert, idOf } from '#libs/kernel';
import { readBatch } from '../batch.store.js';
import { lockStock } from '../database.store.js';
import { IssuanceWork } from '../issuance.work.js';
import { tellVintage } from '../vintages/tell-vintage.js';
import { insertStep } from '../vintages/vintage.store.js';
import { NOTICES } from '../vintages/vintage-notices.decision.js';
import { NoteExpiryStep } from './track-expiry.command.js';

@CommandHandler(NoteExpiryStep)
export class NoteExpiryStepHandler implements ICommandHandler<NoteExpiryStep> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ due, eventId, meta }: NoteExpiryStep): Promise<void> {
    await this.work.once(meta, async (tx) => {
      const batchId = idOf('batch', due.batchId);
      const batch = await readBatch(tx.sql, batchId);
      assert(batch, `batch ${batchId} is not ours`);
      // What is handed over is counted between two hand-overs.
      await lockStock(tx, [batchId]);
      await insertStep(tx, eventId, due, batch.count);
      await tellVintage(tx, NOTICES[due.step], due, [batchId]);
    });
  }
}
