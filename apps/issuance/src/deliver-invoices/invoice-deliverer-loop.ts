// Runs the deliverer while the service runs, from time to time: an invoice is in no hurry.
import { WakefulLoop, type ServiceSettings } from '#libs/service';
import { DELIVERY_POLL_MS } from '../limits.js';
import type { InvoiceDeliverer } from './invoice-deliverer.js';

export class InvoiceDelivererLoop extends WakefulLoop {
  constructor(deliverer: InvoiceDeliverer, log: Pick<ServiceSettings['log'], 'error'>, pollMs = DELIVERY_POLL_MS) {
    const failed = (invoiceId: string, error: unknown) => log.error({ err: error, invoiceId }, 'an invoice cannot be delivered; tried again later');
    super({ name: 'invoice-deliverer', look: () => deliverer.deliverWaiting(failed), isIdle: () => deliverer.idle(), pollMs }, log);
  }
}
