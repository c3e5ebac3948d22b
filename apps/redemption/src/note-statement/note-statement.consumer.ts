import type { CommandBus } from '@nestjs/cqrs';
import { ContradictoryStatementSignedV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { NoteStatement } from './note-statement.command.js';

export const statementConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(ContradictoryStatementSignedV1, ({ body, occurredAt }, tx) =>
    commands.execute(new NoteStatement(body, occurredAt, { kind: 'message', tx }))),
];
