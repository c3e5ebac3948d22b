import type { CommandBus } from '@nestjs/cqrs';
import { BatchCreatedV1, RangeActivatedV1, VoucherChunkMintedV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { ActivateRange, LoadChunk, TakeBatch } from './take-batch.command.js';

export const batchConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(BatchCreatedV1, ({ body }, tx) => commands.execute(new TakeBatch(body, { kind: 'message', tx }))),
  defineConsumer(VoucherChunkMintedV1, ({ body }, tx) => commands.execute(new LoadChunk(body, { kind: 'message', tx }))),
  defineConsumer(RangeActivatedV1, ({ body }, tx) => commands.execute(new ActivateRange(body, { kind: 'message', tx }))),
];
