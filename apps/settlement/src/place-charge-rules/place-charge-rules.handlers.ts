// A rule is told in the transaction that publishes it: to audit, and to the people of places, who can leave before its day.
import { Inject } from '@nestjs/common';
import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { PLACE_CHARGE_PLACES_MAX, PlaceChargeAnnouncedV1, PlaceChargeRulePublishedV1 } from '#libs/contracts';
import { dayIn, isRejected, toWire, type Cents, type LocalDate } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import { BANK_TIME_ZONE } from '../limits.js';
import { SettlementWork } from '../settlement.work.js';
import { decideChargeRule, type ChargeRule, type ChargeTerms } from './place-charge-rule.decision.js';
import { insertChargeRule, knowsBankAccount, listChargeRules, placesFrom } from './place-charge-rule.store.js';
import { ListChargeRules, PublishChargeRule } from './place-charge-rules.commands.js';

/** What the operator lets a charge come to, VAT included. */
export const PLACE_CHARGE_CAP = Symbol('place charge cap');

@CommandHandler(PublishChargeRule)
export class PublishChargeRuleHandler implements ICommandHandler<PublishChargeRule> {
  constructor(private readonly work: SettlementWork, @Inject(PLACE_CHARGE_CAP) private readonly platformCap: Cents) {}

  execute({ request, meta }: PublishChargeRule) {
    const { platformCap } = this;
    return this.work.once(meta, async (tx) => {
      await lockByName(tx, 'charge rules');
      const [today, [last]] = [dayIn(BANK_TIME_ZONE, tx.now), await listChargeRules(tx.sql)];
      const knowsAccount = await knowsBankAccount(tx, request.custodyAccountId);
      const decided = decideChargeRule(request, last, { today, platformCap, knowsAccount });
      if (isRejected(decided)) return decided;
      const rule = { ...request, version: decided.version };
      await insertChargeRule(tx, rule, platformCap);
      const { version, from, custodyAccountId } = rule;
      await tx.emit(PlaceChargeRulePublishedV1, {
        subject: 'place_charge_rule', subjectVersion: version, body: { version, from, ...termsOf(rule), currency: 'EUR', custodyAccountId },
      });
      await announce(tx, rule, last, today);
      return { version };
    });
  }
}

async function announce(tx: Tx, rule: ChargeRule, last: ChargeRule | undefined, today: LocalDate): Promise<void> {
  const places = await placesFrom(tx, today);
  const { version, from } = rule;
  const told = { version, from, before: last && last.amount > 0n ? termsOf(last) : null, after: termsOf(rule), currency: 'EUR' as const };
  const parts = Array.from({ length: Math.ceil(places.length / PLACE_CHARGE_PLACES_MAX) }, (_, part) =>
    places.slice(part * PLACE_CHARGE_PLACES_MAX, (part + 1) * PLACE_CHARGE_PLACES_MAX));
  await tx.emitAll(PlaceChargeAnnouncedV1, parts.map((part) => ({ subject: 'place_charge_rule', subjectVersion: version, body: { ...told, places: part } })));
}

const termsOf = ({ amount, vatBasisPoints }: ChargeTerms) => ({ amountCents: toWire(amount), vatBasisPoints });

@QueryHandler(ListChargeRules)
export class ListChargeRulesHandler implements IQueryHandler<ListChargeRules> {
  constructor(private readonly work: SettlementWork) {}

  execute(): Promise<readonly ChargeRule[]> {
    return listChargeRules(this.work.client);
  }
}
