import type { CommandBus } from '@nestjs/cqrs';
import { BatchExpiryDueV1, ExpiryRunFinishedV1, VoucherExpiredChunkV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { NoteExpiryFinished, NoteExpiryStep, TakeExpiredChunk } from './track-expiry.command.js';

export const expiryConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(BatchExpiryDueV1, ({ body, id }, tx) => commands.execute(new NoteExpiryStep(body, id, { kind: 'message', tx }))),
  defineConsumer(VoucherExpiredChunkV1, ({ body, id }, tx) => commands.execute(new TakeExpiredChunk(body, id, { kind: 'message', tx }))),
  defineConsumer(ExpiryRunFinishedV1, ({ body }, tx) => commands.execute(new NoteExpiryFinished(body, { kind: 'message', tx }))),
];
