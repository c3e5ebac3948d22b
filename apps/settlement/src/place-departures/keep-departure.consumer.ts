import type { CommandBus } from '@nestjs/cqrs';
import { PlaceDepartureEndedV1, PlaceDepartureStatedV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { KeepDeparture, KeepDepartureEnd } from './keep-departure.command.js';

export const departureConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(PlaceDepartureStatedV1, ({ body }, tx) => commands.execute(new KeepDeparture(body, { kind: 'message', tx }))),
  defineConsumer(PlaceDepartureEndedV1, ({ body }, tx) => commands.execute(new KeepDepartureEnd(body, { kind: 'message', tx }))),
];
