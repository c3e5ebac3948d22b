// What issuance says is lost: a safety net below the stop that whoever noticed it asks for at once.
import type { CommandBus } from '@nestjs/cqrs';
import { RangeLostV1, RangeWrittenOffV1 } from '#libs/contracts';
import { idOf } from '#libs/kernel';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { StopLost } from './stop-vouchers.command.js';

export const lossConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(RangeLostV1, ({ body: { batchId, first, last } }, tx) =>
    commands.execute(new StopLost(idOf('batch', batchId), { first, last }, 'lost', { kind: 'message', tx }))),
  defineConsumer(RangeWrittenOffV1, ({ body: { batchId, first, last, reason } }, tx) =>
    commands.execute(new StopLost(idOf('batch', batchId), { first, last }, reason === 'destroyed' ? 'other' : reason, { kind: 'message', tx }))),
];
