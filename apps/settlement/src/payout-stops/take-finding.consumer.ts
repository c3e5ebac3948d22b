import type { CommandBus } from '@nestjs/cqrs';
import { InvariantBrokenV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { StopPayouts } from './payout-stop.commands.js';

/** Of every service, this one too: each finds what is its own. */
export const findingConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(InvariantBrokenV1, ({ id, body }, tx, sender) => commands.execute(new StopPayouts({ ...body, service: sender }, id, { kind: 'message', tx }))),
];
