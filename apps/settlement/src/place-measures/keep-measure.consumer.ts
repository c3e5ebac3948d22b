import type { CommandBus } from '@nestjs/cqrs';
import { PlaceReinstatedV1, PlaceSuspendedV1, PlaceWithdrawnV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { KeepMeasure, KeepMeasureEnd } from './keep-measure.command.js';

export const measureConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(PlaceSuspendedV1, ({ body }, tx) => commands.execute(new KeepMeasure({ ...body, kind: 'suspension' }, { kind: 'message', tx }))),
  defineConsumer(PlaceWithdrawnV1, ({ body }, tx) => commands.execute(new KeepMeasure({ ...body, kind: 'withdrawal' }, { kind: 'message', tx }))),
  defineConsumer(PlaceReinstatedV1, ({ body }, tx) => commands.execute(new KeepMeasureEnd(body, { kind: 'message', tx }))),
];
