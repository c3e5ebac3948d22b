// What a place owes beside its statements, or paid through them: invoices of fees and charges, debit notes, and how to pay.
import { headline, part, section, table } from '../components.js';
import { amount, day } from '../format.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import { pill } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import type { DebitNote, Invoice, Papers } from './invoices.data.js';

export function invoicesPage(visit: SignedInVisit, { invoices, notes }: Papers): Html {
  const { say } = visit;
  const title = say('Factures et notes de débit', 'Invoices and debit notes');
  return signedInPage(visit, title, html`<p class="small"><a href="/statements">${say('Remboursements', 'Reimbursements')}</a></p><h1>${title}</h1>
${invoices.ok && notes.ok && answer(visit, invoices.value, notes.value)}
<section class="section"><h2>${say('Factures de frais et de participations annuelles', 'Invoices of fees and yearly charges')}</h2>${
  part(invoices, say, say('Factures', 'Invoices'), (found) => invoiceTable(visit, found))}</section>
${section(notes, say, say('Notes de débit', 'Debit notes'), (found) => noteTable(visit, found))}`);
}

const isToPay = ({ payment, leftCents, kind }: Invoice): boolean => payment === 'apart' && leftCents > 0 && !kind.includes('credit');

function answer(visit: SignedInVisit, invoices: readonly Invoice[], notes: readonly DebitNote[]): Html {
  const { say, language } = visit;
  const cents = [...invoices.filter(isToPay), ...notes].reduce((sum, { leftCents }) => sum + leftCents, 0);
  if (cents === 0) return headline(say('Rien à payer', 'Nothing to pay'), say('Ce qui était dû est payé, ou retenu sur vos relevés.', 'What was owed is paid, or kept of your statements.'));
  return html`${headline(amount(cents, language), say('à payer.', 'to be paid.'))}
<p class="lead">${say('Payez par virement, avec la référence écrite dans le libellé : elle suffit à le reconnaître. Le compte est sur chaque document. Sans virement, la somme est prise sur vos prochains relevés.',
    'Pay by transfer, with the reference written in its text: that is enough to recognise it. The account is on each document. Without a transfer, the sum is taken of your next statements.')}</p>`;
}

function invoiceTable({ say, language }: SignedInVisit, invoices: readonly Invoice[]): Html {
  if (invoices.length === 0) return html`<p class="empty">${say('Aucune facture encore.', 'No invoice yet.')}</p>`;
  return table(say('Factures', 'Invoices'), [
    { head: say('Numéro', 'Number'), cell: ({ placeInvoiceId, number }: Invoice) => html`<a href="/invoices/${placeInvoiceId}/pdf" download>${number}</a>` },
    { head: say('Date', 'Date'), cell: ({ issuedOn }) => day(issuedOn, language) },
    { head: say('Objet', 'Purpose'), cell: ({ chargeId, period }) => html`${chargeId === null ? say('Frais', 'Fees') : say('Participation annuelle', 'Yearly charge')} ${period}` },
    { head: say('État', 'State'), cell: (one) => paymentPill(say, one) },
    { head: say('Référence', 'Reference'), cell: (one) => isToPay(one) && html`<code>${one.reference}</code>` },
    { head: say('Total', 'Total'), number: true, cell: ({ totalCents }) => amount(totalCents, language) },
    { head: say('Reste', 'Left'), number: true, cell: ({ leftCents }) => amount(leftCents, language) },
    { head: 'XML', cell: ({ placeInvoiceId }) => html`<a href="/invoices/${placeInvoiceId}/xml" download>Factur-X</a>` },
  ], invoices);
}

function paymentPill(say: SignedInVisit['say'], invoice: Invoice): Html {
  if (invoice.payment === 'netted') return pill('ok', say('Retenue sur le relevé', 'Kept of the statement'));
  if (invoice.leftCents === 0) return pill('ok', say('Réglée', 'Settled'));
  return invoice.payment === 'apart' ? pill('wait', say('À payer', 'To pay')) : pill('info', say('Prise sur vos relevés', 'Taken of your statements'));
}

function noteTable({ say, language }: SignedInVisit, notes: readonly DebitNote[]): Html {
  if (notes.length === 0) return html`<p class="empty">${say('Aucune note de débit.', 'No debit note.')}</p>`;
  return html`<p class="quiet">${say('Une note de débit demande ce que des corrections ont fait devoir depuis 90 jours. Elle dit pourquoi, et comment la contester.',
    'A debit note asks for what corrections made owed for 90 days. It says why, and how to disagree.')}</p>${table(say('Notes de débit', 'Debit notes'), [
    { head: say('Numéro', 'Number'), cell: ({ debitNoteId, number }: DebitNote) => html`<a href="/debit-notes/${debitNoteId}/pdf" download>${number}</a>` },
    { head: say('Émise le', 'Issued on'), cell: ({ issuedOn }) => day(issuedOn, language) },
    { head: say('Au plus tard le', 'No later than'), cell: ({ dueOn }) => day(dueOn, language) },
    { head: say('Référence', 'Reference'), cell: ({ reference }) => html`<code>${reference}</code>` },
    { head: say('État', 'State'), cell: ({ state }) => (state === 'open' ? pill('wait', say('À payer', 'To pay')) : pill('ok', say('Soldée', 'Settled'))) },
    { head: say('Montant', 'Amount'), number: true, cell: ({ amountCents }) => amount(amountCents, language) },
    { head: say('Reste', 'Left'), number: true, cell: ({ leftCents }) => amount(leftCents, language) },
  ], notes)}`;
}
