import type { CommandBus } from '@nestjs/cqrs';
import { BankCreditBookedV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { TakeCredit } from './match-receipt.command.js';

export const creditConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(BankCreditBookedV1, ({ id, body }, tx) => commands.execute(new TakeCredit(body, id, { kind: 'message', tx }))),
];
