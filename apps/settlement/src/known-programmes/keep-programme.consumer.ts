import type { CommandBus } from '@nestjs/cqrs';
import { ProgrammePublishedV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { KeepProgramme } from './keep-programme.command.js';

export const programmeConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(ProgrammePublishedV1, ({ body }, tx) => commands.execute(new KeepProgramme(body, { kind: 'message', tx }))),
];
