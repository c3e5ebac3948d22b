import type { CommandBus } from '@nestjs/cqrs';
import { AlertAppealAnsweredV1, AlertAppealStatedV1, AlertUpheldV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { KeepAlert, KeepAlertAnswer, KeepAlertAppeal } from './keep-alert.commands.js';

export const alertConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(AlertUpheldV1, ({ body, actor }, tx) => commands.execute(new KeepAlert(body, actor.id, { kind: 'message', tx }))),
  defineConsumer(AlertAppealStatedV1, ({ body }, tx) => commands.execute(new KeepAlertAppeal(body, { kind: 'message', tx }))),
  defineConsumer(AlertAppealAnsweredV1, ({ body }, tx) => commands.execute(new KeepAlertAnswer(body, { kind: 'message', tx }))),
];
