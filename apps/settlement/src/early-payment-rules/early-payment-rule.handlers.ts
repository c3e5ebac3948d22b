import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { EarlyPaymentRulePublishedV1 } from '#libs/contracts';
import { cents, dayIn, isRejected, type Rejected } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { BANK_TIME_ZONE } from '../limits.js';
import { SettlementWork } from '../settlement.work.js';
import { ListEarlyPaymentRules, PublishEarlyPaymentRule } from './early-payment-rule.commands.js';
import { decideEarlyPaymentRule, type EarlyPaymentRule } from './early-payment-rule.decision.js';
import { earlyPaymentRulesOf, insertEarlyPaymentRule } from './early-payment-rule.store.js';

@CommandHandler(PublishEarlyPaymentRule)
export class PublishEarlyPaymentRuleHandler implements ICommandHandler<PublishEarlyPaymentRule> {
  constructor(private readonly work: SettlementWork) {}

  execute({ asked: { programmeId, ceilingCents, ...rule }, meta }: PublishEarlyPaymentRule) {
    return this.work.once<Readonly<{ version: number }> | Rejected>(meta, async (tx) => {
      await lockByName(tx, `rules of early payment of ${programmeId}`);
      const [previous] = await earlyPaymentRulesOf(tx.sql, programmeId);
      const decided = decideEarlyPaymentRule(rule, { previous, today: dayIn(BANK_TIME_ZONE, tx.now) });
      if (isRejected(decided)) return decided;
      const { version } = decided;
      const eventId = await tx.emit(EarlyPaymentRulePublishedV1, {
        subject: `programme:${programmeId}`, subjectVersion: version, body: { programmeId, version, ...rule, ceilingCents, currency: 'EUR' },
      });
      await insertEarlyPaymentRule(tx, { programmeId, version, ...rule, ceiling: cents(ceilingCents), eventId });
      return { version };
    });
  }
}

@QueryHandler(ListEarlyPaymentRules)
export class ListEarlyPaymentRulesHandler implements IQueryHandler<ListEarlyPaymentRules> {
  constructor(private readonly work: SettlementWork) {}

  execute({ programmeId }: ListEarlyPaymentRules): Promise<readonly EarlyPaymentRule[]> {
    return earlyPaymentRulesOf(this.work.client, programmeId);
  }
}
