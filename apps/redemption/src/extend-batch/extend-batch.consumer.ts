import type { CommandBus } from '@nestjs/cqrs';
import { BatchExtendedV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { ExtendBatch } from './extend-batch.command.js';

export const extensionConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(BatchExtendedV1, ({ body, id }, tx) => commands.execute(new ExtendBatch(body, id, { kind: 'message', tx }))),
];
