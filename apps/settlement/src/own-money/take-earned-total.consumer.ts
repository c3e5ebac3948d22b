import type { CommandBus } from '@nestjs/cqrs';
import { ControlTotalsPublishedV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { TakeEarnedTotal } from './take-earned-total.command.js';

/** Of issuance only: redemption's ledger has nothing of the operator's, and this one's is here. */
export const earnedTotalConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(ControlTotalsPublishedV1, async ({ id, body }, tx, sender) => {
    if (sender === 'issuance') await commands.execute(new TakeEarnedTotal(body, id, { kind: 'message', tx }));
  }),
];
