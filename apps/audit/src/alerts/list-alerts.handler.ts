import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { OVERSEER, readAs } from '#libs/persistence';
import { AuditWork } from '../audit.work.js';
import { ListAlerts, ShowAlert, ShowWatch, type ListedAlert, type WatchStanding } from './list-alerts.query.js';
import { factsOfAlert, listAlerts, standingOfWatch } from './list-alerts.store.js';

@QueryHandler(ListAlerts)
export class ListAlertsHandler implements IQueryHandler<ListAlerts> {
  constructor(private readonly work: AuditWork) {}

  execute({ filter }: ListAlerts): Promise<readonly ListedAlert[]> {
    return readAs(this.work, filter.placeId ?? OVERSEER, (sql) => listAlerts(sql, filter));
  }
}

@QueryHandler(ShowAlert)
export class ShowAlertHandler implements IQueryHandler<ShowAlert> {
  constructor(private readonly work: AuditWork) {}

  async execute({ alertId }: ShowAlert) {
    return readAs(this.work, OVERSEER, async (sql) => {
      const [alert] = await listAlerts(sql, { alertId, state: null, placeId: null, before: null, rowsMax: 1 });
      return alert && { alert, facts: await factsOfAlert(sql, alertId) };
    });
  }
}

@QueryHandler(ShowWatch)
export class ShowWatchHandler implements IQueryHandler<ShowWatch> {
  constructor(private readonly work: AuditWork) {}

  execute(): Promise<WatchStanding> {
    return standingOfWatch(this.work.client);
  }
}
