// One order as the operator works on it: what is to be done next, where its vouchers and its money are, then the forms that
// its state allows.
import { headline, section, table } from '../components.js';
import type { DecisionPage } from '../decisions/decision-page.js';
import { OUTCOMES, statementStatus } from '../contradictory-statements/statement.data.js';
import { amount, amountText, count, day } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { EXTENSION_STATES } from '../extensions/extensions.list.js';
import { wordOf } from '../operator/words.js';
import { historyPart } from '../orders/order-history.js';
import { allShares, making, ordered } from '../orders/order.page.js';
import { invoiceTable } from '../orders/invoice-table.js';
import { pill, status } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { availableOf, countAt, loadOrderDesk, type DeskBatch, type OrderDesk } from './order-desk.data.js';
import { NEXT_OF, orderForms } from './order-desk.forms.js';
import { isOurs, nextWord, whoDoes } from './order-steps.js';

export const orderDeskPage: DecisionPage<OrderDesk> = {
  route: 'all-orders/:id', prefix: 'ord', load: loadOrderDesk,
  back: ({ say }) => ({ href: '/all-orders', word: say('Commandes', 'Orders') }),
  title: ({ order }) => `${order.programmeName} ${order.reference}`,
  show, forms: orderForms,
};

function show(desk: OrderDesk, visit: SignedInVisit): Html {
  const { say, language } = visit;
  const { order, batches, invoices, statements, extensions } = desk;
  const funded = order.shares.reduce((sum, { fundedCents }) => sum + fundedCents, 0);
  return html`${headline(amount(order.amountCents, language), say(`de chèques commandés, dont ${amountText(funded, language)} payés et ${amountText(order.activatedCents, language)} actifs.`,
    `of vouchers ordered, of which ${amountText(funded, language)} paid and ${amountText(order.activatedCents, language)} active.`))}
<p class="field">${status(order.state, say)} ${status(order.funding, say)} ${status(order.activation, say)}</p>
<section class="section queue"><h2>${say('À faire maintenant', 'To do now')}</h2>${nextPart(visit, desk)}</section>
<div class="two"><section class="section"><h2>${say('Ce qui est commandé', 'What is ordered')}</h2>${ordered(visit, order)}</section>
<section class="section"><h2>${say('Qui paie quoi', 'Who pays what')}</h2>${allShares(visit, order)}${coverLine(visit, desk)}</section></div>
<section class="section"><h2>${say('Lots de chèques', 'Batches of vouchers')}</h2>${making(visit, order.batches)}${batchTable(visit, batches)}</section>
${section(statements, say, say('Comptes de la commande', 'Accounts of the order'), (found) => (found.length === 0
    ? html`<p class="empty">${say('Aucun : il s’établit quand tous ses chèques sont échus et les demandes des lieux closes.', 'None: it is drawn up once all its vouchers have expired and claims of places are closed.')}</p>`
    : html`<ul class="lines">${found.map(({ statementId, version, outcome, state, expiredCents }) => html`<li><span class="what"><b><a href="/contradictory-statements/${statementId}">${say('Version', 'Version')} ${version}</a></b>${
      amountText(expiredCents, language)} ${wordOf(OUTCOMES, outcome, say)}</span>${statementStatus({ state }, say)}</li>`)}</ul>`))}
${section(extensions, say, say('Dates plus tardives proposées', 'Later dates that were proposed'), (found) => (found.length === 0 ? html`<p class="empty">${say('Aucune.', 'None.')}</p>`
    : html`<ul class="lines">${found.map(({ extensionId, asked, payers, state }) => html`<li><span class="what"><b><a href="/extensions/${extensionId}">${say('Jusqu’au', 'Until')} ${day(asked.usableUntil, language)}</a></b>${
      say(`${payers.filter(({ agreedAt }) => agreedAt !== null).length} accord(s) sur ${payers.length}`, `${payers.filter(({ agreedAt }) => agreedAt !== null).length} of ${payers.length} agreed`)}</span>${wordOf(EXTENSION_STATES, state, say)}</li>`)}</ul>`))}
${section(invoices, say, say('Devis et factures', 'Quotes and invoices'), (found) => (found.length === 0 ? html`<p class="empty">${say('Aucune facture encore.', 'No invoice yet.')}</p>` : invoiceTable(visit, found)))}
<section class="section"><h2>${say('Ce qui s’est passé, du plus ancien au plus récent', 'What happened, oldest first')}</h2>${historyPart(visit, order.history)}</section>`;
}

function nextPart(visit: SignedInVisit, desk: OrderDesk): Html {
  const { say } = visit;
  const { nextSteps, state } = desk.order;
  if (nextSteps.length === 0) {
    return html`<p class="empty">${state === 'cancelled' || state === 'reconciled' ? say('Rien : cette commande est terminée.', 'Nothing: this order is over.')
      : say('Rien n’attend. Ce qui reste possible est au bas de la page.', 'Nothing waits. What may still be done is at the bottom of the page.')}</p>`;
  }
  return html`<ul class="lines">${nextSteps.map((step) => html`<li><span class="what"><b>${nextWord(step, say)}</b>${whoDoes(step, say)}</span>${doItLink(visit, desk, step)}</li>`)}</ul>`;
}

/** Down to the form that does it; an account that is drawn up is signed on a page of its own. */
function doItLink(visit: SignedInVisit, desk: OrderDesk, step: string): Html {
  const { say } = visit;
  const drawn = step === 'sign_statement' && desk.statements.ok ? desk.statements.value.find(({ state }) => state === 'to_sign') : undefined;
  const form = orderForms(desk, visit).find((one) => NEXT_OF[one.step] === step);
  const href = drawn ? `/contradictory-statements/${drawn.statementId}` : form && `#form-${form.step}`;
  if (href === undefined) return isOurs(step) ? pill('wait', say('Attend de l’argent ou des chèques', 'Waits for money or vouchers')) : pill('info', say('Attendu', 'Awaited'));
  return html`<a class="button" href="${href}">${drawn ? say('Lire et signer', 'Read and sign') : say('Le faire', 'Do it')}<span class="visually-hidden"> : ${nextWord(step, say)}</span></a>`;
}

/** Cover is of a programme and a payer: money of another order may carry this one. */
function coverLine({ say, language }: SignedInVisit, { cover }: OrderDesk): Piece {
  return cover.ok && html`<p class="field quiet">${say('Couverture libre de ses financeurs dans ce programme :', 'Free cover of its payers in this programme:')} <b>${amount(availableOf(cover), language)}</b></p>`;
}

function batchTable({ say, language }: SignedInVisit, found: readonly DeskBatch[]): Html {
  if (found.length === 0) return html`<p class="empty">${say('Aucun chèque n’est fabriqué encore.', 'No voucher is made yet.')}</p>`;
  const at = (head: string, ...places: readonly string[]) => ({ head, number: true, cell: (batch: DeskBatch) => (batch.vouchersAt === null ? '–' : count(countAt(batch, ...places), language)) });
  return table(say('Lots de chèques', 'Batches of vouchers'), [
    { head: say('Lot', 'Batch'), cell: ({ batchId, bookletSize, replacedBatchId }: DeskBatch) => html`<code title="${batchId}">…${batchId.slice(-8)}</code> <span class="quiet">${
      bookletSize === 1 ? say('à l’unité', 'loose') : say(`carnets de ${bookletSize}`, `booklets of ${bookletSize}`)}${replacedBatchId !== null && `, ${say('remplacement', 'replacement')}`}</span>` },
    { head: say('État', 'State'), cell: ({ state }) => status(state, say) },
    { head: say('Chèques', 'Vouchers'), number: true, cell: (batch) => count(batch.count, language) },
    at(say('Imprimeur', 'Printer'), 'printer'), at(say('Chez nous', 'With us'), 'operator'), at(say('En route', 'Under way'), 'under_way'),
    at(say('Distributeurs', 'Distributors'), 'stock'),
    { head: say('Actifs', 'Active'), number: true, cell: ({ activatedCount }) => count(activatedCount, language) },
    { head: say('Remis', 'Handed over'), number: true, cell: ({ handedOverCount }) => count(handedOverCount, language) },
    { head: say('Utilisé', 'Used'), number: true, cell: ({ redeemedCents }) => amount(redeemedCents, language) },
  ], found);
}
