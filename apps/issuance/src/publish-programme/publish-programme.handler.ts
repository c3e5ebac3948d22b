import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ProgrammePublishedV1 } from '#libs/contracts';
import { idOf, reject, toWire, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { currentRule, insertProgramme, insertRule, listRules, type ProgrammeRule } from '../programme.store.js';
import { ListProgrammes, PublishProgramme, PublishRule, type Published } from './publish-programme.command.js';

@CommandHandler(PublishProgramme)
export class PublishProgrammeHandler implements ICommandHandler<PublishProgramme> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ programme, rule, meta }: PublishProgramme) {
    return this.work.once<Published | Rejected>(meta, async (tx) => {
      const first = { ...programme, ...rule, programmeId: idOf('programme', tx.newId()), version: 1 };
      await insertProgramme(tx, first);
      return publish(tx, first);
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
      const before = await currentRule(tx.sql, programmeId);
      return before ? publish(tx, { ...before, ...rule, version: before.version + 1 }) : reject('programme_not_found');
    });
  }
}

async function publish(tx: Tx, rule: ProgrammeRule): Promise<Published> {
  await insertRule(tx, rule, actorOf(tx));
  await tx.emit(ProgrammePublishedV1, {
    subject: `programme:${rule.programmeId}`, subjectVersion: rule.version,
    body: {
      programmeId: rule.programmeId, ruleVersion: rule.version, name: rule.name, kind: rule.kind, faceCents: toWire(rule.face),
      currency: 'EUR', usableUntil: rule.usableUntil, claimableUntil: rule.claimableUntil,
      custodyAccountId: rule.custodyAccountId,
    },
  });
  return { programmeId: rule.programmeId, ruleVersion: rule.version };
}

@QueryHandler(ListProgrammes)
export class ListProgrammesHandler implements IQueryHandler<ListProgrammes> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ before, rowsMax }: ListProgrammes): Promise<readonly ProgrammeRule[]> {
    return listRules(this.work.client, before, rowsMax);
  }
}
