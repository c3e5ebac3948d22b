import type { CommandBus } from '@nestjs/cqrs';
import { RedemptionPeriodTotalledV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { TakePeriodTotal } from './take-period-total.command.js';

export const totalConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(RedemptionPeriodTotalledV1, ({ body }, tx) => commands.execute(new TakePeriodTotal(body, { kind: 'message', tx }))),
];
