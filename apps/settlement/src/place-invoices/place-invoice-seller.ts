import type { Seller } from './place-invoice-content.decision.js';

/** Who invoices, by the settings of the installation; undefined where they do not say: then nothing is invoiced yet. */
export class PlaceInvoiceSeller {
  constructor(readonly known: Seller | undefined) {}
}
