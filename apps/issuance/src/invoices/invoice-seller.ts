import type { Seller } from './invoice-content.decision.js';

/** Who invoices, by the settings of the installation; undefined where they do not say. */
export class InvoiceSeller {
  constructor(readonly known: Seller | undefined) {}
}
