import type { CommandBus } from '@nestjs/cqrs';
import { RangeSpendableV1, RedemptionUndoneV1, VoucherChunkLoadedV1, VoucherRedeemedV1 } from '#libs/contracts';
import { cents, idOf } from '#libs/kernel';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { CountRedemption, CountUndone, NoteChunkLoaded, NoteRangeSpendable } from './track-batch.command.js';

export const batchConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(VoucherChunkLoadedV1, ({ body: { batchId, chunk, count } }, tx) =>
    commands.execute(new NoteChunkLoaded(idOf('batch', batchId), chunk, count, { kind: 'message', tx }))),
  defineConsumer(RangeSpendableV1, ({ body: { activationId } }, tx) =>
    commands.execute(new NoteRangeSpendable(idOf('activation', activationId), { kind: 'message', tx }))),
  defineConsumer(VoucherRedeemedV1, ({ body: { batchId, amountCents } }, tx) =>
    commands.execute(new CountRedemption(idOf('batch', batchId), cents(amountCents), { kind: 'message', tx }))),
  defineConsumer(RedemptionUndoneV1, ({ body: { batchId, amountCents } }, tx) =>
    commands.execute(new CountUndone(idOf('batch', batchId), cents(amountCents), { kind: 'message', tx }))),
];
