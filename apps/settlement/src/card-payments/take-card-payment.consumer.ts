import type { CommandBus } from '@nestjs/cqrs';
import { PaymentSucceededV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { TakeCardPayment } from './take-card-payment.command.js';

export const cardPaymentConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(PaymentSucceededV1, ({ body, id }, tx) => commands.execute(new TakeCardPayment(body, id, { kind: 'message', tx }))),
];
