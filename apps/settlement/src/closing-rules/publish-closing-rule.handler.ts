import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ClosingRulePublishedV1 } from '#libs/contracts';
import { dayIn, isRejected, toWire } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { BANK_TIME_ZONE } from '../limits.js';
import { SettlementWork } from '../settlement.work.js';
import { decideClosingRule } from './closing-rule.decision.js';
import { insertClosingRule, rulesOf } from './closing-rule.store.js';
import { PublishClosingRule } from './publish-closing-rule.command.js';

@CommandHandler(PublishClosingRule)
export class PublishClosingRuleHandler implements ICommandHandler<PublishClosingRule> {
  constructor(private readonly work: SettlementWork) {}

  execute({ request: { programmeId, ...rule }, meta }: PublishClosingRule) {
    return this.work.once(meta, async (tx) => {
      await lockByName(tx, `closing rules of ${programmeId}`);
      const [previous] = await rulesOf(tx.sql, programmeId);
      const decided = decideClosingRule(rule, { previous, today: dayIn(BANK_TIME_ZONE, tx.now) });
      if (isRejected(decided)) return decided;
      const { version } = decided;
      const { minimum, ...terms } = rule;
      const eventId = await tx.emit(ClosingRulePublishedV1, {
        subject: `programme:${programmeId}`, subjectVersion: version,
        body: { programmeId, version, ...terms, minimumCents: toWire(minimum), currency: 'EUR' },
      });
      await insertClosingRule(tx, { programmeId, version, ...rule, eventId });
      return { version };
    });
  }
}
