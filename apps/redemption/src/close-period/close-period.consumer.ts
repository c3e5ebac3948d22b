import type { CommandBus } from '@nestjs/cqrs';
import { ClosingDueV1 } from '#libs/contracts';
import { isRejected } from '#libs/kernel';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { ClosePeriod } from './close-period.command.js';

export const closingConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(ClosingDueV1, async (_message, tx) => {
    const outcome = await commands.execute(new ClosePeriod({ kind: 'message', tx }));
    // An undoing without a number yet: a refusal would be the end of the message, and nobody would total.
    if (isRejected(outcome)) throw new Error(`the period cannot be totalled yet: ${outcome.code}`);
  }),
];
