import type { CommandBus } from '@nestjs/cqrs';
import { VoucherReplacedV1, VoucherStoppedV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { NoteReplaced, NoteStopped } from './replace-vouchers.command.js';

export const replacementConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(VoucherStoppedV1, ({ body }, tx) => commands.execute(new NoteStopped(body, { kind: 'message', tx }))),
  defineConsumer(VoucherReplacedV1, ({ body }, tx) => commands.execute(new NoteReplaced(body, { kind: 'message', tx }))),
];
