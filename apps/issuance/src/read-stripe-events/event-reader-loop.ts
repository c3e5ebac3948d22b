// Reads Stripe's list each hour while the service runs. A reading that fails is tried again after a minute.
import { WakefulLoop, type ServiceSettings } from '#libs/service';
import { STRIPE_READING_POLL_MS } from '../limits.js';
import type { EventReader } from './event-reader.js';

export class EventReaderLoop extends WakefulLoop {
  constructor(reader: EventReader, log: Pick<ServiceSettings['log'], 'error'>, pollMs = STRIPE_READING_POLL_MS) {
    super({ name: 'stripe-events', look: () => reader.readWhenDue(), isIdle: () => true, pollMs }, log);
  }
}
