import { WakefulLoop, type ServiceSettings } from '#libs/service';
import { PLACE_CHARGE_POLL_MS } from '../limits.js';
import type { PlaceCharger } from './place-charger.js';

/** Looks from time to time whether the day of a charge has come. */
export class PlaceChargeLoop extends WakefulLoop {
  private isOver = false;

  constructor(charger: PlaceCharger, log: Pick<ServiceSettings['log'], 'error'>) {
    super({
      name: 'place charges', pollMs: PLACE_CHARGE_POLL_MS, look: () => charger.chargeAll(() => this.isOver), isIdle: () => charger.isIdle(),
    }, log);
  }

  override stop(): Promise<void> {
    this.isOver = true;
    return super.stop();
  }
}
