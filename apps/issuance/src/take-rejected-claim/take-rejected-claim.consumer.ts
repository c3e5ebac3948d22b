import type { CommandBus } from '@nestjs/cqrs';
import { ClaimLineRejectedV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { TakeRejectedClaim } from './take-rejected-claim.command.js';

export const rejectedClaimConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(ClaimLineRejectedV1, ({ id, body }, tx) => commands.execute(new TakeRejectedClaim(body, id, { kind: 'message', tx }))),
];
