import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, type Month } from '#libs/kernel';
import { OVERSEER, readAs } from '#libs/persistence';
import { AuditWork } from '../audit.work.js';
import { paysFor } from '../impact/impact-facts.store.js';
import type { RefusalCode } from '../refusals.js';
import { areaFacts } from '../territory/area-facts.store.js';
import { SetTarget, ShowTargets } from './target.commands.js';
import { isOutdated, reachedOf } from './target.decision.js';
import { insertTarget, lastVersionOf, listTargets, lockTargets } from './target.store.js';

@CommandHandler(SetTarget)
export class SetTargetHandler implements ICommandHandler<SetTarget> {
  constructor(private readonly work: AuditWork) {}

  execute({ of, target: { previousVersion, ...target }, meta }: SetTarget) {
    return this.work.once(meta, async (tx) => {
      await lockTargets(tx, of.programmeId);
      const last = await lastVersionOf(tx, of, target);
      if (isOutdated(previousVersion, last)) return reject('target_changed' satisfies RefusalCode);
      await insertTarget(tx, of, { ...target, version: last + 1 });
      return { version: last + 1 };
    });
  }
}

@QueryHandler(ShowTargets)
export class ShowTargetsHandler implements IQueryHandler<ShowTargets> {
  constructor(private readonly work: AuditWork) {}

  async execute({ of, payerId }: ShowTargets) {
    return readAs(this.work, payerId ?? OVERSEER, async (sql) => {
      if (payerId !== null && !(await paysFor(sql, of.programmeId, payerId))) return reject('programme_not_paid_for');
      const targets = await listTargets(sql, of);
      // Of an area few people are behind: a payer reads what was released.
      if (payerId !== null || targets.length === 0) return targets.map((target) => ({ ...target, setBy: null, reached: null }));
      const areas = await areaFacts(sql, { programmeId: of.programmeId, from: `${of.year}-01` as Month, to: `${of.year}-12` as Month });
      return targets.map((target) => ({ ...target, reached: reachedOf(target, areas) }));
    });
  }
}
