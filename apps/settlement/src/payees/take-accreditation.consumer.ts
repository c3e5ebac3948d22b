import type { CommandBus } from '@nestjs/cqrs';
import { PlaceAccreditedV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { TakeAccreditation } from './take-accreditation.command.js';

export const payeeConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(PlaceAccreditedV1, ({ body, occurredAt }, tx) =>
    commands.execute(new TakeAccreditation(body, occurredAt, { kind: 'message', tx }))),
];
