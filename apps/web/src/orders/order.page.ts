// The payer's question about one order: what is still to pay, and how far are the vouchers?
import { headline, part, section, table } from '../components.js';
import { amount, amountText, count, counted, day, shortId } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import type { Read } from '../services.js';
import { status } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { historyPart } from './order-history.js';
import { invoiceTable } from './invoice-table.js';
import type { Batch, CardPayment, Invoice, Order } from './order.data.js';
import { owedOf, payPanel } from './pay-panel.js';
import { progressPart } from '../progress/progress.part.js';
import { proofPanel } from './proof-panel.js';
import { payerRefusal } from './payer-refusals.js';

export type OrderPart = Readonly<{
  order: Order; invoices: Read<readonly Invoice[]>; payments: Read<readonly CardPayment[]>; refused: string | undefined;
}>;

export const refusedNotice = ({ say }: SignedInVisit, refused: string | undefined): Html | undefined =>
  (refused === undefined ? undefined : html`<div class="notice no" role="alert">${icon('refused')}<p>${payerRefusal(refused, say)}</p></div>`);

export function orderPage(visit: SignedInVisit, { order, invoices, payments, refused }: OrderPart): Html {
  const { say } = visit;
  const [share] = order.shares;
  const isOwn = visit.person.organisation.roles.includes('payer');
  const pay = isOwn && share && payPanel(visit, order, share, payments.ok ? payments.value : []);
  return signedInPage(visit, order.reference, html`<p class="small"><a href="/orders">${say('Commandes', 'Orders')}</a></p>
<h1>${order.programmeName} <code>${order.reference}</code></h1>
<p>${status(order.state, say)} ${status(order.funding, say)} ${status(order.activation, say)}</p>
${refusedNotice(visit, refused)}
<div class="two"><div>${isOwn ? answer(visit, order) : wholeAnswer(visit, order)}
<section class="section"><h2>${say('Ce qui est commandé', 'What is ordered')}</h2>${ordered(visit, order)}</section>${isOwn && proofPanel(visit, order)}</div>${pay}</div>
<section class="section"><h2>${say('Qui paie quoi', 'Who pays what')}</h2>${isOwn ? shares(visit, order) : allShares(visit, order)}</section>
<section class="section"><h2>${say('Lots de chèques', 'Batches of vouchers')}</h2>${making(visit, order.batches)}${batches(visit, order.batches)}</section>
<section class="section"><h2>${say('Ce qui s’est passé, du plus ancien au plus récent', 'What happened, oldest first')}</h2>${historyPart(visit, order.history)}</section>
${section(invoices, say, say('Devis et factures', 'Quotes and invoices'), (found) => (found.length === 0
    ? html`<p class="empty">${say('Aucune facture encore.', 'No invoice yet.')}</p>` : invoiceTable(visit, found)))}
${!payments.ok && payments.status >= 500 && part(payments, say, say('Paiements en ligne', 'Online payments'), () => html``)}`);
}

function answer({ say, language }: SignedInVisit, { shares: [share], amountCents, state }: Order): Html {
  const owed = share && state !== 'cancelled' ? owedOf(share) : 0;
  return owed > 0
    ? headline(amount(owed, language), say('restent à payer pour votre part.', 'remain to be paid for your share.'))
    : headline(amount(share?.amountCents ?? amountCents, language), state === 'cancelled'
      ? say('étaient votre part. La commande est annulée.', 'was your share. The order is cancelled.') : say('sont votre part, et elle est payée.', 'is your share, and it is paid.'));
}

/** To whoever is none of its payers nothing is owed: it is told the whole. */
const wholeAnswer = ({ say, language }: SignedInVisit, { shares: all, amountCents }: Order): Html => {
  const funded = amountText(all.reduce((total, share) => total + share.fundedCents, 0), language);
  return headline(amount(amountCents, language), say(`de chèques commandés, dont ${funded} payés.`, `of vouchers ordered, of which ${funded} paid.`));
};

export const allShares = ({ say, language }: SignedInVisit, { shares: all, payers }: Order): Html => html`<dl class="lines">${all.map(({ payerId, amountCents, fundedCents, reference }) =>
  html`<div><dt><a href="/payers/${payerId}">${payers.find((one) => one.payerId === payerId)?.name ?? html`${say('Financeur', 'Payer')} ${shortId(payerId)}`}</a> <code>${reference}</code> ${say('dont arrivé :', 'of which arrived:')} ${amountText(fundedCents, language)}</dt><dd>${
    amount(amountCents, language)}</dd></div>`)}</dl>`;

const ON_EXPIRY: Readonly<Record<string, readonly [french: string, english: string]>> = {
  refund: ['Ce qui n’est pas utilisé vous est rendu', 'What is not used is given back to you'],
  roll_over: ['Ce qui n’est pas utilisé reste pour votre prochaine commande', 'What is not used stays for your next order'],
  commons: ['Ce qui n’est pas utilisé va aux communs', 'What is not used goes to the commons'],
};

/** The same to whoever is no payer of it. */
const ON_EXPIRY_OF_PAYERS: typeof ON_EXPIRY = {
  ...ON_EXPIRY, refund: ['Ce qui n’est pas utilisé est rendu aux financeurs', 'What is not used is given back to the payers'],
  roll_over: ['Ce qui n’est pas utilisé reste aux financeurs pour une autre commande', 'What is not used stays with the payers for another order'],
};

export function ordered({ say, language, person }: SignedInVisit, order: Order): Html {
  const vouchers = counted(order.count, language, [say('chèque', 'voucher'), say('chèques', 'vouchers')]);
  const ending = (person.organisation.kind === 'payer' ? ON_EXPIRY : ON_EXPIRY_OF_PAYERS)[order.onExpiry];
  return html`<dl class="lines"><div><dt>${say('Chèques', 'Vouchers')}</dt><dd>${vouchers} ${say('de', 'of')} ${amount(order.faceCents, language)}</dd></div>
<div><dt>${say('Valeur', 'Value')}</dt><dd>${amount(order.amountCents, language)}</dd></div>
<div><dt>${say('Passée le', 'Placed on')}</dt><dd>${day(order.placedAt.slice(0, 10), language)}</dd></div>
<div><dt>${say('Support', 'Carrier')}</dt><dd>${order.paper ? say('Imprimé et livré', 'Printed and delivered') : say('Fichier à imprimer', 'File to print')}</dd></div>
<div><dt>${say('Rendu actif', 'Made active')}</dt><dd>${amount(order.activatedCents, language)}</dd></div>
<div><dt>${say('À l’échéance', 'At the end')}</dt><dd>${ending ? say(...ending) : order.onExpiry}</dd></div></dl>`;
}

/** Of the others a payer is told no more than what they bear together. */
function shares({ say, language }: SignedInVisit, { shares: own, amountCents, payers }: Order): Html {
  const others = payers.filter(({ payerId }) => !own.some((share) => share.payerId === payerId)).map(({ name }) => name);
  const mine = own.reduce((total, share) => total + share.amountCents, 0);
  const funded = own.reduce((total, share) => total + share.fundedCents, 0);
  return html`<dl class="lines"><div><dt><b>${say('Vous', 'You')}</b> ${say('dont arrivé :', 'of which arrived:')} ${amountText(funded, language)}</dt><dd>${amount(mine, language)}</dd></div>
${amountCents > mine && html`<div><dt><b>${say('Vos cofinanceurs, ensemble', 'Your co-funders together')}</b>${others.length > 0 && ` ${others.join(', ')}`}</dt><dd>${amount(amountCents - mine, language)}</dd></div>`}</dl>`;
}

/** Of a million vouchers it takes minutes. All batches together, also those that are loaded, so that it never runs backwards. */
export function making(visit: SignedInVisit, found: readonly Batch[]): Piece {
  const { say } = visit;
  const sum = (of: (batch: Batch) => number) => found.reduce((total, batch) => total + of(batch), 0);
  return progressPart(visit, {
    id: 'making', title: say('Fabrication en cours', 'Being made'), done: sum(({ loadedCount }) => loadedCount), total: sum(({ count: all }) => all),
    what: say('chèques prêts', 'vouchers ready'), isLive: true,
    next: say('Une fois prêts, ils peuvent être imprimés, remis et rendus actifs. Il n’y a rien à faire ici.', 'Once ready they can be printed, handed over and made active. There is nothing to do here.'),
    over: say('Les chèques sont prêts : recharger la page', 'The vouchers are ready: reload the page'),
  });
}

export function batches({ say, language }: SignedInVisit, found: readonly Batch[]): Html {
  if (found.length === 0) return html`<p class="empty">${say('Aucun chèque n’est fabriqué encore.', 'No voucher is made yet.')}</p>`;
  return table(say('Lots de chèques', 'Batches of vouchers'), [
    { head: say('Lot', 'Batch'), cell: ({ batchId, replacedBatchId }: Batch) => html`<code title="${batchId}">…${batchId.slice(-8)}</code>${replacedBatchId !== null && ` ${say('(remplacement)', '(replacement)')}`}` },
    { head: say('État', 'State'), cell: ({ state }) => status(state, say) },
    { head: say('Chèques', 'Vouchers'), number: true, cell: (batch) => count(batch.count, language) },
    { head: say('Actifs', 'Active'), number: true, cell: ({ activatedCount }) => count(activatedCount, language) },
    { head: say('Remis', 'Handed over'), number: true, cell: ({ handedOverCount }) => count(handedOverCount, language) },
    { head: say('Utilisés', 'Used'), number: true, cell: ({ redeemedCount }) => count(redeemedCount, language) },
    { head: say('Montant utilisé', 'Amount used'), number: true, cell: ({ redeemedCents }) => amount(redeemedCents, language) },
    { head: say('Montant expiré', 'Amount expired'), number: true, cell: ({ expiredCents }) => amount(expiredCents, language) },
  ], found);
}

/** The last page before the provider: a link, for our pages post to ourselves only. */
export function leavePage(visit: SignedInVisit, orderId: string, opened: Readonly<{ url: string; amountCents: number }>): Html {
  const { url, amountCents } = opened;
  const { say, language } = visit;
  const title = say('Payer en ligne', 'Pay online');
  return signedInPage(visit, title, html`<p class="small"><a href="/orders/${orderId}">${say('Retour à la commande', 'Back to the order')}</a></p><h1>${title}</h1>
${headline(amount(amountCents, language), say('seront demandés sur la page du prestataire de paiement.', 'will be asked for on the page of the payment provider.'))}
<p class="field"><a class="button filled large" href="${url}" rel="noreferrer">${say('Aller payer', 'Go and pay')} ${amountText(amountCents, language)}</a></p>
<p class="small quiet field">${say('Revenez ensuite : la commande dira quand l’argent est là.', 'Come back afterwards: the order will say when the money is there.')}</p>`);
}
