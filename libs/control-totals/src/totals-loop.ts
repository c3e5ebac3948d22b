import { WakefulLoop, type ServiceSettings } from '#libs/service';
import type { TotalsPublisher } from './totals-publisher.js';

/** How often a service asks its clock whether a day, or an hour, is over. */
const POLL_MS = 60_000;

export class TotalsLoop extends WakefulLoop {
  constructor(private readonly publisher: TotalsPublisher, log: Pick<ServiceSettings['log'], 'error'>) {
    const meta = { kind: 'process', name: 'control-totals', correlationId: 'control-totals' } as const;
    // Nobody waits for it: what it tells changes nothing that another service or a reader of this one sees.
    super({ name: 'control totals', look: () => publisher.publish(meta, 'due'), isIdle: () => true, pollMs: POLL_MS }, log);
  }

  override start(): void {
    this.publisher.onWake(() => this.wake());
    super.start();
  }
}
