import { Query } from '@nestjs/cqrs';
import type { InvoiceId, PayerId, Rejected } from '#libs/kernel';
import type { Language } from '../factur-x/invoice-words.js';
import type { InvoicesAsked, InvoiceView } from './invoice-view.store.js';

export class ListInvoices extends Query<readonly InvoiceView[]> {
  constructor(readonly asked: InvoicesAsked) { super(); }
}

/** Another payer's document is as unknown as one that does not exist. */
export class ShowInvoice extends Query<InvoiceView | Rejected> {
  constructor(readonly invoiceId: InvoiceId, readonly payerId: PayerId | null) { super(); }
}

export type InvoiceBytes = Readonly<{ name: string; bytes: Uint8Array }>;

/** The very bytes that left in French; another language is drawn, without the XML. */
export class ShowInvoicePdf extends Query<InvoiceBytes | Rejected> {
  constructor(readonly invoiceId: InvoiceId, readonly payerId: PayerId | null, readonly language: Language) { super(); }
}

export class ShowInvoiceXml extends Query<InvoiceBytes | Rejected> {
  constructor(readonly invoiceId: InvoiceId, readonly payerId: PayerId | null) { super(); }
}
