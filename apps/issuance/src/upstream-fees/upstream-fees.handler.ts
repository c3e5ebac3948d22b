import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UpstreamFeeRulePublishedV1 } from '#libs/contracts';
import { dayIn, idOf, isRejected, reject, type Rejected } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { IssuanceWork } from '../issuance.work.js';
import { OPERATOR_ZONE, FEE_SIMULATED_ORDERS_MAX } from '../limits.js';
import { currentRule } from '../programme.store.js';
import { decideUpstreamFeeRule } from './publish-upstream-fee-rule.decision.js';
import { simulateSample, simulateWindow, type SimulatedFees } from './simulate-upstream-fees.decision.js';
import {
  insertUpstreamFeeRule, latestUpstreamFeeRule, listUpstreamFeeRules, pastOrders, termsOf, type UpstreamFeeRule,
} from './upstream-fee-rule.store.js';
import { ListUpstreamFeeRules, PublishUpstreamFeeRule, SimulateUpstreamFees, type PublishedUpstreamFeeRule } from './upstream-fees.commands.js';

@CommandHandler(PublishUpstreamFeeRule)
export class PublishUpstreamFeeRuleHandler implements ICommandHandler<PublishUpstreamFeeRule> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ request, meta }: PublishUpstreamFeeRule) {
    return this.work.once<PublishedUpstreamFeeRule | Rejected>(meta, async (tx) => {
      const { programmeId, from } = request;
      // Two at once would both call themselves the next version.
      await lockByName(tx, `upstream fee rules of ${programmeId ?? 'all'}`);
      const programmeKnown = programmeId === null || (await currentRule(tx.sql, programmeId, null)) !== undefined;
      const today = dayIn(OPERATOR_ZONE, tx.now);
      const decided = decideUpstreamFeeRule({ from, today, programmeKnown }, await latestUpstreamFeeRule(tx, programmeId));
      if (isRejected(decided)) return decided;
      const rule = { ruleId: idOf('upstreamFeeRule', tx.newId()), version: decided.version, ...request };
      await insertUpstreamFeeRule(tx, rule);
      await tx.emit(UpstreamFeeRulePublishedV1, {
        subject: `upstreamFeeRule:${rule.ruleId}`, subjectVersion: rule.version, body: { ...rule, services: [...rule.services] },
      });
      return { ruleId: rule.ruleId, version: rule.version };
    });
  }
}

@QueryHandler(ListUpstreamFeeRules)
export class ListUpstreamFeeRulesHandler implements IQueryHandler<ListUpstreamFeeRules> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ programmeId }: ListUpstreamFeeRules): Promise<readonly UpstreamFeeRule[]> {
    return listUpstreamFeeRules(this.work.client, programmeId);
  }
}

@QueryHandler(SimulateUpstreamFees)
export class SimulateUpstreamFeesHandler implements IQueryHandler<SimulateUpstreamFees> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ simulation: { rule, sample, window } }: SimulateUpstreamFees): Promise<SimulatedFees | Rejected> {
    const terms = termsOf(rule);
    const orders = window && await pastOrders(this.work.client, window, OPERATOR_ZONE, FEE_SIMULATED_ORDERS_MAX + 1);
    if (orders && orders.length > FEE_SIMULATED_ORDERS_MAX) return reject('window_too_long', { ordersMax: FEE_SIMULATED_ORDERS_MAX });
    return { sample: sample && simulateSample(terms, sample), window: orders && simulateWindow(terms, orders) };
  }
}
