import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { FeeRulePublishedV1 } from '#libs/contracts';
import { dayIn, isRejected } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { BANK_TIME_ZONE } from '../limits.js';
import { SettlementWork } from '../settlement.work.js';
import { smallestCapFrom } from '../sharing-rules/sharing-rule.decision.js';
import { sharingRulesOf } from '../sharing-rules/sharing-rule.store.js';
import { announceFeeChange } from './announce-fee-change.js';
import { earlierRules, insertFeeRule } from './fee-rule.store.js';
import { PublishFeeRule } from './publish-fee-rule.command.js';
import { decideFeeRule } from './publish-fee-rule.decision.js';

/** What the operator lets a rule take of a gross in all, in basis points. */
export const PLACE_FEE_CAP = Symbol('place fee cap');

@CommandHandler(PublishFeeRule)
export class PublishFeeRuleHandler implements ICommandHandler<PublishFeeRule> {
  constructor(private readonly work: SettlementWork, @Inject(PLACE_FEE_CAP) private readonly platformCapBasisPoints: number) {}

  execute({ request: { programmeId, ...rule }, meta }: PublishFeeRule) {
    const { platformCapBasisPoints } = this;
    return this.work.once(meta, async (tx) => {
      await lockByName(tx, `fee rules of ${programmeId}`);
      const [today, earlier] = [dayIn(BANK_TIME_ZONE, tx.now), await earlierRules(tx, programmeId)];
      const operatorCapBasisPoints = smallestCapFrom(await sharingRulesOf(tx.sql, programmeId), rule.from);
      const decided = decideFeeRule(rule, earlier, { today, platformCapBasisPoints, operatorCapBasisPoints });
      if (isRejected(decided)) return decided;
      const { version } = decided;
      await insertFeeRule(tx, programmeId, { ...rule, version, platformCapBasisPoints });
      const { promisedCapBasisPoints, ...published } = rule;
      await tx.emit(FeeRulePublishedV1, {
        subject: `programme:${programmeId}`, subjectVersion: version,
        body: { programmeId, version, ...published, ...(promisedCapBasisPoints !== null && { promisedCapBasisPoints }) },
      });
      if (earlier.last) await announceFeeChange(tx, { programmeId, version, from: rule.from, before: earlier.last, after: rule, today });
      return { version };
    });
  }
}
