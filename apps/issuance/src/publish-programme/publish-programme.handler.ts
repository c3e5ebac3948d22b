import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ProgrammePublishedV1 } from '#libs/contracts';
import { dayIn, idOf, isRejected, reject, toWire, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { OPERATOR_ZONE } from '../limits.js';
import type { NewRule, Programme, ProgrammeRule } from '../programme-rule.decision.js';
import { currentRule, insertProgramme, insertRule, listRules, listVersions, nextVersion } from '../programme.store.js';
import {
  ListProgrammes, ListRules, PublishProgramme, PublishRule, type DatedRule, type Published,
} from './publish-programme.command.js';
import { decideRule } from './publish-rule.decision.js';
import { wireTerritory } from './rule-fields.js';

@CommandHandler(PublishProgramme)
export class PublishProgrammeHandler implements ICommandHandler<PublishProgramme> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ programme, rule, meta }: PublishProgramme) {
    return this.work.once<Published | Rejected>(meta, async (tx) => {
      const first = { ...programme, programmeId: idOf('programme', tx.newId()) };
      await insertProgramme(tx, first);
      return publish(tx, first, rule);
    });
  }
}

@CommandHandler(PublishRule)
export class PublishRuleHandler implements ICommandHandler<PublishRule> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ programmeId, rule, meta }: PublishRule) {
    return this.work.once<Published | Rejected>(meta, async (tx) => {
      // Two versions at once would both call themselves the next.
      await lockByName(tx, `programme:${programmeId}`);
      const known = await currentRule(tx.sql, programmeId, tx.now);
      return known ? publish(tx, known, rule) : reject('programme_not_found');
    });
  }
}

async function publish(tx: Tx, { programmeId, kind, custodyAccountId }: Programme, rule: DatedRule): Promise<Published | Rejected> {
  const decided = decideRule({ ...rule, kind }, dayIn(OPERATOR_ZONE, tx.now));
  if (isRejected(decided)) return decided;

  const version = await nextVersion(tx, programmeId);
  const published = { programmeId, kind, custodyAccountId, ...decided, version };
  await insertRule(tx, published, actorOf(tx));
  await tx.emit(ProgrammePublishedV1, { subject: `programme:${programmeId}`, subjectVersion: version, body: bodyOf(published) });
  return { programmeId, ruleVersion: version, effectiveFrom: decided.effectiveFrom };
}

function bodyOf(rule: NewRule) {
  const { programmeId, version, name, kind, usableUntil, claimableUntil, custodyAccountId, effectiveFrom, limits } = rule;
  const { targetPublics, territory, services } = rule;
  return {
    programmeId, ruleVersion: version, name, kind, faceCents: toWire(rule.face), currency: 'EUR' as const, usableUntil, claimableUntil,
    custodyAccountId, effectiveFrom, faceCentsMin: toWire(rule.faceMin), faceCentsMax: toWire(rule.faceMax),
    ...(targetPublics.length > 0 && { targetPublics: [...targetPublics] }),
    ...(territory.length > 0 && { territory: wireTerritory(territory) }),
    ...(services.length > 0 && { services: [...services] }),
    ...(limits.orderedMax !== null && { orderedCentsMax: toWire(limits.orderedMax) }),
    ...(limits.redemptionMax !== null && { redemptionCentsMax: toWire(limits.redemptionMax) }),
    ...(rule.servicePrices.length > 0 && { servicePrices: [...rule.servicePrices] }),
    ...(rule.tariffRaiseNeedsApproval && { tariffRaiseNeedsApproval: true as const }),
    ...(rule.offline && { offline: true as const }),
  };
}

@QueryHandler(ListProgrammes)
export class ListProgrammesHandler implements IQueryHandler<ListProgrammes> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ before, rowsMax }: ListProgrammes): Promise<readonly ProgrammeRule[]> {
    return listRules(this.work.client, before, this.work.settings.clock.override(), rowsMax);
  }
}

@QueryHandler(ListRules)
export class ListRulesHandler implements IQueryHandler<ListRules> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ programmeId, beforeVersion, rowsMax }: ListRules): Promise<readonly ProgrammeRule[] | Rejected> {
    const { client, settings } = this.work;
    const rules = await listVersions(client, programmeId, beforeVersion, settings.clock.override(), rowsMax);
    return rules.length > 0 || beforeVersion !== null ? rules : reject('programme_not_found');
  }
}
