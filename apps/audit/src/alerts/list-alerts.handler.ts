import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { AuditWork } from '../audit.work.js';
import { ListAlerts, ShowAlert, ShowWatch, type ListedAlert, type WatchStanding } from './list-alerts.query.js';
import { factsOfAlert, listAlerts, standingOfWatch } from './list-alerts.store.js';

@QueryHandler(ListAlerts)
export class ListAlertsHandler implements IQueryHandler<ListAlerts> {
  constructor(private readonly work: AuditWork) {}

  execute({ filter }: ListAlerts): Promise<readonly ListedAlert[]> {
    return listAlerts(this.work.client, filter);
  }
}

@QueryHandler(ShowAlert)
export class ShowAlertHandler implements IQueryHandler<ShowAlert> {
  constructor(private readonly work: AuditWork) {}

  async execute({ alertId }: ShowAlert) {
    const { client } = this.work;
    const [alert] = await listAlerts(client, { alertId, state: null, placeId: null, before: null, rowsMax: 1 });
    return alert && { alert, facts: await factsOfAlert(client, alertId) };
  }
}

@QueryHandler(ShowWatch)
export class ShowWatchHandler implements IQueryHandler<ShowWatch> {
  constructor(private readonly work: AuditWork) {}

  execute(): Promise<WatchStanding> {
    return standingOfWatch(this.work.client);
  }
}
