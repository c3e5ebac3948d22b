import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { dayIn, type Rejected } from '#libs/kernel';
import { AuditWork } from '../audit.work.js';
import { OPERATOR_ZONE } from '../limits.js';
import { ConfirmRuleSet, ListRuleSets, ProposeRuleSet, type TakenRuleSet } from './alert-rules.commands.js';
import { decideConfirmation, decideProposal } from './alert-rules.decision.js';
import { insertConfirmation, insertRuleSet, listRuleSets, lockRuleSets, type RuleSet } from './rule-set.store.js';

@CommandHandler(ProposeRuleSet)
export class ProposeRuleSetHandler implements ICommandHandler<ProposeRuleSet> {
  constructor(private readonly work: AuditWork) {}

  execute({ asked, meta }: ProposeRuleSet) {
    return this.work.once<TakenRuleSet | Rejected>(meta, async (tx) => {
      await lockRuleSets(tx);
      const refused = decideProposal(asked, dayIn(OPERATOR_ZONE, tx.now));
      if (refused) return refused;
      const [newest] = await listRuleSets(tx.sql);
      const version = (newest?.version ?? 0) + 1;
      await insertRuleSet(tx, { ...asked, version });
      return { version, effectiveFrom: asked.effectiveFrom };
    });
  }
}

@CommandHandler(ConfirmRuleSet)
export class ConfirmRuleSetHandler implements ICommandHandler<ConfirmRuleSet> {
  constructor(private readonly work: AuditWork) {}

  execute({ version, meta }: ConfirmRuleSet) {
    return this.work.once<TakenRuleSet | Rejected>(meta, async (tx) => {
      await lockRuleSets(tx);
      const set = (await listRuleSets(tx.sql)).find((one) => one.version === version);
      const refused = decideConfirmation(set, { personId: tx.origin.actor.id, today: dayIn(OPERATOR_ZONE, tx.now) });
      if (refused) return refused;
      await insertConfirmation(tx, version);
      return { version, effectiveFrom: set!.effectiveFrom };
    });
  }
}

@QueryHandler(ListRuleSets)
export class ListRuleSetsHandler implements IQueryHandler<ListRuleSets> {
  constructor(private readonly work: AuditWork) {}

  execute(): Promise<readonly RuleSet[]> {
    return listRuleSets(this.work.client);
  }
}
