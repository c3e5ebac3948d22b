import type { CommandBus } from '@nestjs/cqrs';
import { BankCreditReleasedV1, RefundRequestedV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { TakeRefund, TakeReleasedCredit } from './refunds.commands.js';

export const refundConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(RefundRequestedV1, ({ body, id }, tx) => commands.execute(new TakeRefund(body, id, { kind: 'message', tx }))),
  defineConsumer(BankCreditReleasedV1, ({ body, id }, tx) => commands.execute(new TakeReleasedCredit(body, id, { kind: 'message', tx }))),
];
