// Quotes, invoices and credit notes to a payer.
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { INVOICE_KINDS } from './invoice-table.js';
import { invoiceShape, type Invoice } from './order.data.js';

export const invoicesList: List<Invoice> = {
  path: '/order-invoices', api: '/issuance/invoices', item: invoiceShape,
  title: ['Factures', 'Invoices'], counted: [['document', 'document'], ['documents', 'documents']],
  empty: { sentence: ['Ici se liront vos devis, factures et avoirs.', 'Here you will read your quotes, invoices and credit notes.'] },
  columns: [
    { name: 'number', head: ['Numéro', 'Number'], kind: 'text', value: ({ number }) => number, cell: ({ invoiceId, number }) => html`<a href="/order-invoices/${invoiceId}/pdf">${number} (PDF)</a>` },
    { name: 'kind', head: ['Nature', 'Kind'], kind: 'text', value: ({ kind }, { say }) => say(...INVOICE_KINDS[kind]) },
    { name: 'issuedOn', head: ['Du', 'Dated'], kind: 'day', value: ({ issuedOn }) => issuedOn },
    { name: 'dueOn', head: ['À payer le', 'Due'], kind: 'day', value: ({ dueOn }) => dueOn },
    { name: 'order', head: ['Commande', 'Order'], kind: 'text', value: ({ orderId }) => orderId, cell: ({ orderId, kind }, { say }) => html`<a href="${kind === 'quote' ? '/drafts' : '/orders'}/${orderId}">${say('Voir', 'See')}</a>` },
    { name: 'faceCents', head: ['Chèques', 'Vouchers'], kind: 'cents', value: ({ faceCents }) => faceCents },
    { name: 'feeCents', head: ['Frais', 'Fee'], kind: 'cents', value: ({ feeCents }) => feeCents },
    { name: 'vatCents', head: ['TVA', 'VAT'], kind: 'cents', value: ({ vatCents }) => vatCents },
    { name: 'totalCents', head: ['Total', 'Total'], kind: 'cents', value: ({ totalCents }) => totalCents },
    { name: 'creditedCents', head: ['Rendu par avoir', 'Credited'], kind: 'cents', value: ({ creditedCents }) => creditedCents, extra: true },
  ],
  filters: [
    { name: 'payerId', words: ['Identifiant du financeur', 'Id of the payer'], kind: 'text', roles: ['operator', 'auditor'] },
    { name: 'kind', words: ['Nature', 'Kind'], kind: 'one', choices: ({ say }) => Object.entries(INVOICE_KINDS).map(([value, words]) => [value, say(...words)] as const) },
    { name: 'number', words: ['Numéro', 'Number'], kind: 'text' },
  ],
  totals: false,
};
