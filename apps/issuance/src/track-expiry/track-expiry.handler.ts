import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { assert, cents, idOf } from '#libs/kernel';
import { accounts, transfer } from '#libs/ledger';
import { readBatch } from '../batch.store.js';
import { insertExpiredChunk, insertFinishedExpiry } from '../expiry.store.js';
import { IssuanceWork } from '../issuance.work.js';
import { NoteExpiryFinished, TakeExpiredChunk } from './track-expiry.command.js';

@CommandHandler(TakeExpiredChunk)
export class TakeExpiredChunkHandler implements ICommandHandler<TakeExpiredChunk> {
  constructor(private readonly work: IssuanceWork) {}

  /** Row 22, our half: it stands on the order until both sides sign what becomes of it. */
  async execute({ chunk, eventId, meta }: TakeExpiredChunk): Promise<void> {
    await this.work.once(meta, async (tx) => {
      const batch = await readBatch(tx.sql, idOf('batch', chunk.batchId));
      assert(batch, `batch ${chunk.batchId} is not ours`);
      await insertExpiredChunk(tx, eventId, chunk);
      await tx.postTaken({
        rule: '22', custodyAccountId: chunk.custodyAccountId,
        transfers: [transfer(accounts.clearing('redemption'), accounts.issuance.expired(batch.orderId), cents(chunk.amountCents))],
      });
    });
  }
}

@CommandHandler(NoteExpiryFinished)
export class NoteExpiryFinishedHandler implements ICommandHandler<NoteExpiryFinished> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ run, meta }: NoteExpiryFinished): Promise<void> {
    await this.work.once(meta, (tx) => insertFinishedExpiry(tx, run));
  }
}
