import type { CommandBus } from '@nestjs/cqrs';
import { PlaceAccreditedV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { KeepAccreditedPlace } from './keep-accredited-place.command.js';

export const placeConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(PlaceAccreditedV1, ({ body, occurredAt }, tx) =>
    commands.execute(new KeepAccreditedPlace(body, occurredAt, { kind: 'message', tx }))),
];
