import type { CommandBus } from '@nestjs/cqrs';
import { VintageNoticeDueV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { MeanNotice } from './send-notices.command.js';

export const noticeConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(VintageNoticeDueV1, ({ body }, tx) => commands.execute(new MeanNotice(body, { kind: 'message', tx }))),
];
