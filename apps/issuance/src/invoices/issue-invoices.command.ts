import { Command } from '@nestjs/cqrs';
import type { InvoiceId, OrderId, PayerId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

/** In its wire shape, because the answer is stored with the key. */
export type IssuedDocument = Readonly<{
  invoiceId: InvoiceId; number: string; payerId: PayerId; faceCents: number; feeCents: number; vatCents: number; totalCents: number; currency: 'EUR';
}>;
export type IssuedDocuments = Readonly<{ documents: readonly IssuedDocument[] }>;

export class IssueInvoices extends Command<IssuedDocuments | Rejected> {
  constructor(readonly orderId: OrderId, readonly meta: Meta) { super(); }
}
