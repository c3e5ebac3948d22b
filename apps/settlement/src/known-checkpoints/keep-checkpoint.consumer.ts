import type { CommandBus } from '@nestjs/cqrs';
import { CheckpointPublishedV1, StatementsProvedV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { KeepCheckpoint } from './keep-checkpoint.command.js';
import { KeepProofs } from './keep-proofs.command.js';

export const checkpointConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(CheckpointPublishedV1, ({ id, body }, tx) => commands.execute(new KeepCheckpoint(body, id, { kind: 'message', tx }))),
  defineConsumer(StatementsProvedV1, ({ body }, tx) => commands.execute(new KeepProofs(body, { kind: 'message', tx }))),
];
