// What a payer still owes of an order and how to pay it: a transfer first, with the square that fills it in.
import { uuidv7 } from 'uuidv7';
import { amount, amountText, inFours } from '../format.js';
import { html, type Html } from '../html.js';
import { qr } from '../qr.js';
import type { SignedInVisit } from '../visit.js';
import { epcText } from './epc-text.js';
import type { CardPayment, Order, OrderShare } from './order.data.js';

export const owedOf = ({ missingCents, feeDueCents }: OrderShare): number => missingCents + feeDueCents;

export function payPanel(visit: SignedInVisit, order: Order, share: OrderShare, begun: readonly CardPayment[]): Html {
  const { say, language } = visit;
  const owed = owedOf(share);
  if (owed === 0 || order.state === 'cancelled') return html``;
  const { creditor } = order;
  const square = epcText({ ...creditor, amountCents: owed, reference: share.reference });
  return html`<aside class="panel"><h2>${say('À payer', 'To pay')}</h2>
<dl class="lines"><div><dt>${say('Chèques', 'Vouchers')}</dt><dd>${amount(share.missingCents, language)}</dd></div>
<div><dt>${say('Frais et TVA facturés', 'Fee and VAT invoiced')}</dt><dd>${amount(share.feeDueCents, language)}</dd></div>
<div><dt><b>${say('Total', 'Total')}</b></dt><dd>${amount(owed, language)}</dd></div></dl>
<h3 class="section">${say('Par virement', 'By transfer')}</h3>
<p class="small quiet">${say('Un à deux jours. La référence dit que l’argent est le vôtre : recopiez-la exactement.', 'One or two days. The reference says that the money is yours: copy it exactly.')}</p>
${square !== undefined && html`${qr(square, say('Carré à scanner avec l’application de votre banque', 'Square to scan with the application of your bank'), 'M')}`}
<dl class="lines"><div><dt>${say('Référence', 'Reference')}</dt><dd><code>${share.reference}</code></dd></div>
<div><dt>${say('Au nom de', 'In the name of')}</dt><dd>${creditor.name}</dd></div>
<div><dt>IBAN</dt><dd><code>${inFours(creditor.iban)}</code></dd></div>
${creditor.bic !== null && html`<div><dt>BIC</dt><dd><code>${creditor.bic}</code></dd></div>`}</dl>
<h3 class="section">${say('En ligne', 'Online')}</h3>
${begunPart(visit, begun)}
<form method="post" action="/orders/${order.orderId}/card-payments"><input type="hidden" name="key" value="${uuidv7()}">
<div class="field"><label for="method">${say('Moyen', 'Way to pay')}</label><select id="method" name="method"><option value="card">${say('Carte bancaire', 'Card')}</option><option value="sepa_debit">${
  say('Prélèvement', 'Direct debit')}</option><option value="bank_transfer">${say('Virement suivi', 'Tracked transfer')}</option></select></div>
<button class="button filled">${say('Payer', 'Pay')} ${amountText(owed, language)}</button>
<p class="small quiet field">${say('La page suivante mène chez notre prestataire de paiement. Rien n’est débité avant que vous y confirmiez.',
    'The next page leads to our payment provider. Nothing is taken before you confirm there.')}</p></form></aside>`;
}

const UNDER_WAY = new Set(['open', 'processing']);

function begunPart({ say, language }: SignedInVisit, begun: readonly CardPayment[]): Html {
  const underWay = begun.filter(({ state }) => UNDER_WAY.has(state));
  if (underWay.length === 0) return html``;
  return html`<ul class="lines">${underWay.map(({ amountCents, state, instructionsUrl }) => html`<li><span class="what"><b>${
    state === 'processing' ? say('Paiement en chemin', 'Payment on its way') : say('Paiement commencé', 'Payment begun')}</b>${
    instructionsUrl?.startsWith('https://') && html`<a href="${instructionsUrl}" rel="noreferrer">${say('Où l’envoyer', 'Where to send it')}</a>`}</span>${amount(amountCents, language)}</li>`)}</ul>`;
}
