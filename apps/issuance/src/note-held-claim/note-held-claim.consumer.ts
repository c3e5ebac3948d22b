import type { CommandBus } from '@nestjs/cqrs';
import { ClaimLineHeldV1, ClaimLineReleasedV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { NoteHeldClaim, NoteReleasedClaim } from './note-held-claim.command.js';

export const heldClaimConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(ClaimLineHeldV1, ({ body }, tx) => commands.execute(new NoteHeldClaim(body, { kind: 'message', tx }))),
  defineConsumer(ClaimLineReleasedV1, ({ body }, tx) => commands.execute(new NoteReleasedClaim(body, { kind: 'message', tx }))),
];
