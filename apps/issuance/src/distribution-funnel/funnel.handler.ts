import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
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
    const rows = await readFunnel(this.work.client, asked);
    return asked.payerId === null ? rows : rows.map((row) => withoutSmallGroups(row, GROUP_MIN));
  }
}

@QueryHandler(ListAlerts)
export class ListAlertsHandler implements IQueryHandler<ListAlerts> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ asked }: ListAlerts): Promise<readonly Alert[]> {
    const now = this.work.settings.clock.override() ?? new Date();
    return listAlerts(this.work.client, asked, new Date(now.getTime() - asked.days * DAY_MS));
  }
}
