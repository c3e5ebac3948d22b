import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { SharingRulePublishedV1 } from '#libs/contracts';
import { dayIn, isRejected, type Rejected } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { listFeeRules } from '../fee-rules/fee-rule.store.js';
import { BANK_TIME_ZONE } from '../limits.js';
import { SettlementWork } from '../settlement.work.js';
import { ListSharingRules, PublishSharingRule } from './sharing-rule.commands.js';
import { decideSharingRule, type SharingRule } from './sharing-rule.decision.js';
import { insertSharingRule, sharingRulesOf } from './sharing-rule.store.js';

@CommandHandler(PublishSharingRule)
export class PublishSharingRuleHandler implements ICommandHandler<PublishSharingRule> {
  constructor(private readonly work: SettlementWork) {}

  execute({ asked: { programmeId, ...rule }, meta }: PublishSharingRule) {
    return this.work.once<Readonly<{ version: number }> | Rejected>(meta, async (tx) => {
      // The lock of fee rules: a fee and its cap are never decided beside each other.
      await lockByName(tx, `fee rules of ${programmeId}`);
      const [previous] = await sharingRulesOf(tx.sql, programmeId);
      const fees = await listFeeRules(tx.sql, programmeId);
      const decided = decideSharingRule(rule, { previous, fees, today: dayIn(BANK_TIME_ZONE, tx.now) });
      if (isRejected(decided)) return decided;
      const { version } = decided;
      const eventId = await tx.emit(SharingRulePublishedV1, {
        subject: `programme:${programmeId}`, subjectVersion: version, body: { programmeId, version, ...rule, deciders: [...rule.deciders] },
      });
      await insertSharingRule(tx, { programmeId, version, ...rule, eventId });
      return { version };
    });
  }
}

@QueryHandler(ListSharingRules)
export class ListSharingRulesHandler implements IQueryHandler<ListSharingRules> {
  constructor(private readonly work: SettlementWork) {}

  execute({ programmeId }: ListSharingRules): Promise<readonly SharingRule[]> {
    return sharingRulesOf(this.work.client, programmeId);
  }
}
