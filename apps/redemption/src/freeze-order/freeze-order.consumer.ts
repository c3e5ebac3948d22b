import type { CommandBus } from '@nestjs/cqrs';
import { PaymentDisputeClosedV1, PaymentDisputedV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { EndFreeze, FreezeOrder } from './freeze-order.command.js';

export const freezeConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(PaymentDisputedV1, ({ body, id }, tx) => commands.execute(new FreezeOrder(body, id, { kind: 'message', tx }))),
  defineConsumer(PaymentDisputeClosedV1, ({ body, id }, tx) => commands.execute(new EndFreeze(body, id, { kind: 'message', tx }))),
];
