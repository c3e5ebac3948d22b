import type { CommandBus } from '@nestjs/cqrs';
import { StripeAccountConnectedV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { TakeCardAccount } from './take-card-account.command.js';

export const cardAccountConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(StripeAccountConnectedV1, ({ id, body }, tx) =>
    commands.execute(new TakeCardAccount(body.custodyAccountId, id, { kind: 'message', tx }))),
];
