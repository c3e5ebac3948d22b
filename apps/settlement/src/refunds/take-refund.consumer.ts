import type { CommandBus } from '@nestjs/cqrs';
import { RefundRequestedV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { TakeRefund } from './refunds.commands.js';

export const refundConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(RefundRequestedV1, ({ body, id }, tx) => commands.execute(new TakeRefund(body, id, { kind: 'message', tx }))),
];
