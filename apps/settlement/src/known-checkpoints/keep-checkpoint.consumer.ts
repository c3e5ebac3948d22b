import type { CommandBus } from '@nestjs/cqrs';
import { CheckpointPublishedV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { KeepCheckpoint } from './keep-checkpoint.command.js';

export const checkpointConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(CheckpointPublishedV1, ({ id, body }, tx) => commands.execute(new KeepCheckpoint(body, id, { kind: 'message', tx }))),
];
