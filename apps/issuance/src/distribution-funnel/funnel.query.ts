import { Query } from '@nestjs/cqrs';
import type { Alert, AlertsAsked } from './alert.store.js';
import type { FunnelAsked, FunnelRow } from './funnel.store.js';

/** How far vouchers came, by what is asked for; a payer is not told of small groups. */
export class ShowFunnel extends Query<readonly FunnelRow[]> {
  constructor(readonly asked: FunnelAsked) {
    super();
  }
}

/** Stock that nothing moved in for so many days, and booklets that nobody began to use. */
export class ListAlerts extends Query<readonly Alert[]> {
  constructor(readonly asked: AlertsAsked) {
    super();
  }
}
