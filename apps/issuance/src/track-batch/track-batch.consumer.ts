import type { CommandBus } from '@nestjs/cqrs';
import { RangeSpendableV1, RedemptionUndoneV1, VoucherChunkLoadedV1, VoucherRedeemedV1 } from '#libs/contracts';
import { cents, idOf } from '#libs/kernel';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { CountRedemption, CountUndone, NoteChunkLoaded, NoteRangeSpendable, type Used } from './track-batch.command.js';

export const batchConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(VoucherChunkLoadedV1, ({ body: { batchId, chunk, count } }, tx) =>
    commands.execute(new NoteChunkLoaded(idOf('batch', batchId), chunk, count, { kind: 'message', tx }))),
  defineConsumer(RangeSpendableV1, ({ body: { activationId } }, tx) =>
    commands.execute(new NoteRangeSpendable(idOf('activation', activationId), { kind: 'message', tx }))),
  defineConsumer(VoucherRedeemedV1, ({ body }, tx) =>
    commands.execute(new CountRedemption(usedOf(body, body.redeemedAt), { kind: 'message', tx }))),
  defineConsumer(RedemptionUndoneV1, ({ body, occurredAt }, tx) =>
    commands.execute(new CountUndone(usedOf(body, occurredAt), { kind: 'message', tx }))),
];

type Told = Readonly<{ batchId: string; voucherIndex?: number | undefined; amountCents: number }>;

const usedOf = ({ batchId, voucherIndex, amountCents }: Told, at: string): Used =>
  ({ batchId: idOf('batch', batchId), voucherIndex, amount: cents(amountCents), at: new Date(at) });
