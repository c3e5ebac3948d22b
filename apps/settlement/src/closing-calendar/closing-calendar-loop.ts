import { WakefulLoop, type ServiceSettings } from '#libs/service';
import { CLOSING_POLL_MS } from '../limits.js';
import type { ClosingCaller } from './closing-caller.js';

export class ClosingCalendarLoop extends WakefulLoop {
  constructor(caller: ClosingCaller, log: Pick<ServiceSettings['log'], 'error'>) {
    let told: string | undefined;
    const look = async () => {
      const found = await caller.look();
      const refused = typeof found === 'object' ? found.refused : undefined;
      // Once per reason: it is asked again each minute, and a person has to read it.
      if (refused !== undefined && refused !== told) log.error({ code: refused }, 'statements are due by the calendar, and the closing was refused');
      told = refused;
    };
    // Nobody waits for it: whoever wants statements now closes them.
    super({ name: 'closing calendar', look, isIdle: () => true, pollMs: CLOSING_POLL_MS }, log);
  }
}
