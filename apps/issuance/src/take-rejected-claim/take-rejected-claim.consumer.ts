import type { CommandBus } from '@nestjs/cqrs';
import { ClaimLineRejectedV1, IncidentPostedV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { TakeRejectedClaim } from './take-rejected-claim.command.js';

export const rejectedClaimConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(ClaimLineRejectedV1, ({ id, body }, tx) =>
    commands.execute(new TakeRejectedClaim({ ...body, rule: '11' }, id, { kind: 'message', tx }))),
  defineConsumer(IncidentPostedV1, ({ id, body: { kind: reason, ...body } }, tx) =>
    commands.execute(new TakeRejectedClaim({ ...body, reason, rule: '19' }, id, { kind: 'message', tx }))),
];
