import type { CommandBus } from '@nestjs/cqrs';
import {
  PlaceAccreditedV1, PlaceDepartureEndedV1, PlaceDepartureStatedV1, PlaceReinstatedV1, PlaceSuspendedV1, PlaceWithdrawnV1,
} from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { KeepAccreditedPlace, KeepDeparture, KeepDepartureEnd, KeepMeasure, KeepMeasureEnd } from './keep-accredited-place.command.js';

export const placeConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(PlaceAccreditedV1, ({ body, occurredAt }, tx) =>
    commands.execute(new KeepAccreditedPlace(body, occurredAt, { kind: 'message', tx }))),
  defineConsumer(PlaceSuspendedV1, ({ body }, tx) => commands.execute(new KeepMeasure(body, { kind: 'message', tx }))),
  defineConsumer(PlaceWithdrawnV1, ({ body }, tx) => commands.execute(new KeepMeasure(body, { kind: 'message', tx }))),
  defineConsumer(PlaceReinstatedV1, ({ body }, tx) => commands.execute(new KeepMeasureEnd(body, { kind: 'message', tx }))),
  defineConsumer(PlaceDepartureStatedV1, ({ body }, tx) => commands.execute(new KeepDeparture(body, { kind: 'message', tx }))),
  defineConsumer(PlaceDepartureEndedV1, ({ body: { departureId } }, tx) => commands.execute(new KeepDepartureEnd(departureId, { kind: 'message', tx }))),
];
