import type { CommandBus } from '@nestjs/cqrs';
import { BatchFrozenV1, PaymentDisputeClosedV1, PaymentDisputedV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { NoteFrozenBatch, TakeDispute, TakeDisputeEnd } from './disputes.commands.js';

export const disputeConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(PaymentDisputedV1, ({ body, id }, tx) => commands.execute(new TakeDispute(body, id, { kind: 'message', tx }))),
  defineConsumer(PaymentDisputeClosedV1, ({ body, id }, tx) => commands.execute(new TakeDisputeEnd(body, id, { kind: 'message', tx }))),
  defineConsumer(BatchFrozenV1, ({ body, id }, tx) => commands.execute(new NoteFrozenBatch(body, id, { kind: 'message', tx }))),
];
