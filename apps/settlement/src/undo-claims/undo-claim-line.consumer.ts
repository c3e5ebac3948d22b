import type { CommandBus } from '@nestjs/cqrs';
import { RedemptionUndoneV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { UndoClaimLine } from './undo-claim-line.command.js';

export const undoConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(RedemptionUndoneV1, ({ body }, tx) => commands.execute(new UndoClaimLine(body, { kind: 'message', tx }))),
];
