import type { CommandBus } from '@nestjs/cqrs';
import { VoucherRedeemedV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { AccrueClaimLine, AccrueClaimLines } from './accrue-claim-line.command.js';

export const claimConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(
    VoucherRedeemedV1,
    ({ body, seq }, tx) => commands.execute(new AccrueClaimLine(body, seq, { kind: 'message', tx })),
    (messages, tx) => commands.execute(new AccrueClaimLines(messages, tx)),
  ),
];
