import { table } from '../components.js';
import { amount, day } from '../format.js';
import { html, type Html } from '../html.js';
import type { SignedInVisit } from '../visit.js';
import type { Invoice } from './order.data.js';

export const INVOICE_KINDS: Readonly<Record<Invoice['kind'], readonly [french: string, english: string]>> = {
  quote: ['Devis', 'Quote'], invoice: ['Facture', 'Invoice'], credit_note: ['Avoir', 'Credit note'],
};

export function invoiceTable({ say, language }: SignedInVisit, found: readonly Invoice[]): Html {
  return table(say('Devis et factures', 'Quotes and invoices'), [
    { head: say('Numéro', 'Number'), cell: ({ invoiceId, number }: Invoice) => html`<a class="whole" href="/order-invoices/${invoiceId}/pdf">${number} (PDF)</a>` },
    { head: say('Nature', 'Kind'), cell: ({ kind }) => say(...INVOICE_KINDS[kind]) },
    { head: say('Date', 'Date'), cell: ({ issuedOn }) => day(issuedOn, language) },
    { head: say('Chèques', 'Vouchers'), number: true, cell: ({ faceCents }) => amount(faceCents, language) },
    { head: say('Frais', 'Fee'), number: true, cell: ({ feeCents }) => amount(feeCents, language) },
    { head: say('TVA', 'VAT'), number: true, cell: ({ vatCents }) => amount(vatCents, language) },
    { head: say('Total', 'Total'), number: true, cell: ({ totalCents }) => amount(totalCents, language) },
  ], found);
}
