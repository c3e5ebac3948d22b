import { WakefulLoop, type ServiceSettings } from '#libs/service';
import { PLACE_INVOICE_POLL_MS } from '../limits.js';
import type { PlaceInvoiceIssuer } from './place-invoice-issuer.js';

/** Invoices places while the service runs: after each closing, and from time to time for payees whose address came later. */
export class PlaceInvoiceLoop extends WakefulLoop {
  private isOver = false;

  constructor(private readonly issuer: PlaceInvoiceIssuer, log: Pick<ServiceSettings['log'], 'error'>) {
    super({
      name: 'place invoices', pollMs: PLACE_INVOICE_POLL_MS, look: () => issuer.issueAll(() => this.isOver), isIdle: () => issuer.isIdle(),
    }, log);
  }

  override start(): void {
    this.issuer.onWake(() => this.wake());
    super.start();
  }

  override stop(): Promise<void> {
    this.isOver = true;
    return super.stop();
  }
}
