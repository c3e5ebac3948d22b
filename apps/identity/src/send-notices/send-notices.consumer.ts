import type { CommandBus } from '@nestjs/cqrs';
import { FeeChangeAnnouncedV1, FindingFollowedV1, PayeeBankChangedV1, VintageNoticeDueV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { feeNotice, findingNotice, payeeNotice } from './notice.decision.js';
import { MeanNotice } from './send-notices.command.js';

export const noticeConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(VintageNoticeDueV1, ({ body }, tx) => commands.execute(new MeanNotice(body, { kind: 'message', tx }))),
  defineConsumer(PayeeBankChangedV1, ({ body }, tx) => commands.execute(new MeanNotice(payeeNotice(body), { kind: 'message', tx }))),
  defineConsumer(FeeChangeAnnouncedV1, ({ body }, tx) => commands.execute(new MeanNotice(feeNotice(body), { kind: 'message', tx }))),
  defineConsumer(FindingFollowedV1, ({ body }, tx) => commands.execute(new MeanNotice(findingNotice(body), { kind: 'message', tx }))),
];
