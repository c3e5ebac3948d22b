import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { FeeRulePublishedV1 } from '#libs/contracts';
import { isRejected } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { SettlementWork } from '../settlement.work.js';
import { insertFeeRule, latestFeeRule } from './fee-rule.store.js';
import { PublishFeeRule } from './publish-fee-rule.command.js';
import { decideFeeRule } from './publish-fee-rule.decision.js';

@CommandHandler(PublishFeeRule)
export class PublishFeeRuleHandler implements ICommandHandler<PublishFeeRule> {
  constructor(private readonly work: SettlementWork) {}

  execute({ request: { programmeId, ...rule }, meta }: PublishFeeRule) {
    return this.work.once(meta, async (tx) => {
      await lockByName(tx, `fee rules of ${programmeId}`);
      const decided = decideFeeRule(rule, await latestFeeRule(tx, programmeId));
      if (isRejected(decided)) return decided;
      const { version } = decided;
      await insertFeeRule(tx, programmeId, version, rule);
      await tx.emit(FeeRulePublishedV1, {
        subject: `programme:${programmeId}`, subjectVersion: version, body: { programmeId, version, ...rule },
      });
      return { version };
    });
  }
}
