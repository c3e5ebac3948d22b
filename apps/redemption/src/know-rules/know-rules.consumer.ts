import type { CommandBus } from '@nestjs/cqrs';
import { FeeRulePublishedV1, ProgrammePublishedV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { KnowFeeRule, KnowProgramme } from './know-rules.command.js';

export const ruleConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(ProgrammePublishedV1, ({ body }, tx) => commands.execute(new KnowProgramme(body, { kind: 'message', tx }))),
  defineConsumer(FeeRulePublishedV1, ({ body }, tx) => commands.execute(new KnowFeeRule(body, { kind: 'message', tx }))),
];
