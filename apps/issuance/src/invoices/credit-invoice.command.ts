import { Command } from '@nestjs/cqrs';
import type { InvoiceId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { AskedCredit } from './credit-invoice.decision.js';
import type { CreditReason } from './invoice-content.decision.js';

export type CreditRequest = AskedCredit & Readonly<{ invoiceId: InvoiceId; reason: CreditReason }>;
export type IssuedCreditNote = Readonly<{
  invoiceId: InvoiceId; number: string; faceCents: number; feeCents: number; vatCents: number; coveredCents: number; currency: 'EUR';
}>;

export class CreditInvoice extends Command<IssuedCreditNote | Rejected> {
  constructor(readonly request: CreditRequest, readonly meta: Meta) { super(); }
}
