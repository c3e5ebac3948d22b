// Hands issued documents to the port, one after the other. All it knows is in the database: killed before or after the
// port was called, the next one calls it again, and the port delivers once.
import { Injectable } from '@nestjs/common';
import type { InvoiceId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { IssuanceWork } from '../issuance.work.js';
import { DELIVERIES_MAX } from '../limits.js';
import { InvoiceDelivery } from './invoice-delivery.js';
import { noteDelivered, noteFailedTry, readToDeliver, waitingDeliveries } from './invoice-delivery.store.js';

@Injectable()
export class InvoiceDeliverer {
  constructor(private readonly work: IssuanceWork, private readonly delivery: InvoiceDelivery) {}

  async idle(): Promise<boolean> {
    return (await waitingDeliveries(this.work.client, 1)).length === 0;
  }

  /** One document that fails does not hold up the others; it is tried again at the next call. */
  async deliverWaiting(failed: (invoiceId: InvoiceId, error: unknown) => void): Promise<void> {
    for (const invoiceId of await waitingDeliveries(this.work.client, DELIVERIES_MAX)) {
      try {
        const { place } = await this.delivery.deliver(await readToDeliver(this.work.client, invoiceId));
        await this.inTransaction(invoiceId, (tx) => noteDelivered(tx, invoiceId, place));
      } catch (error) {
        await this.inTransaction(invoiceId, (tx) => noteFailedTry(tx, invoiceId));
        failed(invoiceId, error);
      }
    }
  }

  private inTransaction(invoiceId: InvoiceId, work: (tx: Tx) => Promise<void>) {
    return this.work.once({ kind: 'process', name: 'invoice-deliverer', correlationId: `invoice:${invoiceId}` }, work);
  }
}
