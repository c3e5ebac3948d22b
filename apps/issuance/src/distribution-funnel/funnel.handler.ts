import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { OVERSEER, readAs } from '#libs/persistence';
import { IssuanceWork } from '../issuance.work.js';
import { GROUP_MIN } from '../limits.js';
import { listAlerts, type Alert } from './alert.store.js';
import { ListAlerts, ShowFunnel } from './funnel.query.js';
import { readFunnel, type FunnelRow } from './funnel.store.js';
import { withoutSmallGroups } from './small-groups.decision.js';

const DAY_MS = 86_400_000;

@QueryHandler(ShowFunnel)
export class ShowFunnelHandler implements IQueryHandler<ShowFunnel> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ asked }: ShowFunnel): Promise<readonly FunnelRow[]> {
    const rows = await readAs(this.work, asked.payerId ?? asked.distributorId ?? OVERSEER, (sql) => readFunnel(sql, asked));
    return asked.payerId === null ? rows : rows.map((row) => withoutSmallGroups(row, GROUP_MIN));
  }
}

@QueryHandler(ListAlerts)
export class ListAlertsHandler implements IQueryHandler<ListAlerts> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ asked }: ListAlerts): Promise<readonly Alert[]> {
    const now = this.work.settings.clock.override() ?? new Date();
    const before = new Date(now.getTime() - asked.days * DAY_MS);
    return readAs(this.work, asked.distributorId ?? OVERSEER, (sql) => listAlerts(sql, asked, before));
  }
}
