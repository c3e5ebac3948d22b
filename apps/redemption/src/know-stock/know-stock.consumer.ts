import type { CommandBus } from '@nestjs/cqrs';
import { RangeGivenBackV1, RangeHandedOverV1, RangeReceivedV1, RangeReturnedV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { KnowGivenBack, KnowStock } from './know-stock.command.js';

export const stockConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(RangeReceivedV1, ({ body: { deliveryOutcomeId, ...range }, occurredAt }, tx) =>
    commands.execute(new KnowStock({ ...range, rangeId: deliveryOutcomeId, receivedAt: occurredAt }, { kind: 'message', tx }))),
  defineConsumer(RangeGivenBackV1, ({ body: { deliveryOutcomeId, deliveryId: _, ...range }, occurredAt }, tx) =>
    commands.execute(new KnowGivenBack({ ...range, rangeId: deliveryOutcomeId, givenBackAt: occurredAt }, { kind: 'message', tx }))),
  defineConsumer(RangeHandedOverV1, ({ body: { handOverId, ...range }, occurredAt }, tx) =>
    commands.execute(new KnowStock({ ...range, rangeId: handOverId, handedOverAt: occurredAt }, { kind: 'message', tx }))),
  defineConsumer(RangeReturnedV1, ({ body: { handOverId, ...range }, occurredAt }, tx) =>
    commands.execute(new KnowStock({ ...range, rangeId: handOverId, returnedAt: occurredAt }, { kind: 'message', tx }))),
];
