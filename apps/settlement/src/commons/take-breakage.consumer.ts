import type { CommandBus } from '@nestjs/cqrs';
import { ContradictoryStatementSignedV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { TakeBreakage } from './take-breakage.command.js';

export const breakageConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(ContradictoryStatementSignedV1, ({ body }, tx) => commands.execute(new TakeBreakage(body, { kind: 'message', tx }))),
];
