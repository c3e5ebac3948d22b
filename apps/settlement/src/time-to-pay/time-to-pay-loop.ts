import { WakefulLoop, type ServiceSettings } from '#libs/service';
import { TIME_TO_PAY_POLL_MS } from '../limits.js';
import type { DelayMeasurer } from './delay-measurer.js';

export class TimeToPayLoop extends WakefulLoop {
  constructor(measurer: DelayMeasurer, log: Pick<ServiceSettings['log'], 'error'>) {
    // Nobody waits for it: what it tells is about a month that is over.
    super({ name: 'time to pay', look: () => measurer.measureDue(), isIdle: () => true, pollMs: TIME_TO_PAY_POLL_MS }, log);
  }
}
