import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { dayIn, idOf } from '#libs/kernel';
import { programmeNames } from '../known-programmes/known-programme.store.js';
import { BANK_TIME_ZONE, COMMONS_POOL } from '../limits.js';
import { SettlementWork } from '../settlement.work.js';
import { sharingRulesOf } from '../sharing-rules/sharing-rule.store.js';
import { ListCommonsPools, ListPoolMovements, type CommonsPool, type PoolMovement } from './commons-pools.queries.js';
import { poolMovements, poolSums } from './commons-pools.store.js';

@QueryHandler(ListCommonsPools)
export class ListCommonsPoolsHandler implements IQueryHandler<ListCommonsPools> {
  constructor(private readonly work: SettlementWork) {}

  async execute(): Promise<CommonsPool[]> {
    const sql = this.work.client;
    const today = dayIn(BANK_TIME_ZONE, await this.work.moment());
    const pools: CommonsPool[] = [];
    for (const { pool, ...sums } of await poolSums(sql)) {
      const programmeId = pool === COMMONS_POOL ? null : idOf('programme', pool);
      const rules = programmeId === null ? [] : await sharingRulesOf(sql, programmeId);
      const names = programmeId === null ? undefined : await programmeNames(sql, [programmeId]);
      pools.push({
        ...sums, programmeId, programmeName: (programmeId && names?.get(programmeId)) ?? null, balance: sums.in - sums.out,
        rule: rules.find(({ from }) => from <= today) ?? null, announced: rules.find(({ from }) => from > today) ?? null,
      });
    }
    return pools;
  }
}

@QueryHandler(ListPoolMovements)
export class ListPoolMovementsHandler implements IQueryHandler<ListPoolMovements> {
  constructor(private readonly work: SettlementWork) {}

  execute({ asked }: ListPoolMovements): Promise<PoolMovement[]> {
    return poolMovements(this.work.client, asked);
  }
}
