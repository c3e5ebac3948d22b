import type { CommandBus } from '@nestjs/cqrs';
import { ReceiptMatchedV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { TakeMatch } from './take-match.command.js';

export const matchConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(ReceiptMatchedV1, ({ body, id }, tx) => commands.execute(new TakeMatch(body, id, { kind: 'message', tx }))),
];
