// One payer, as the operator answers its telephone: who it is, where its money is, and its latest papers.
import { headline, section, table } from '../components.js';
import type { DecisionPage } from '../decisions/decision-page.js';
import { facts } from '../decisions/timeline.js';
import { amount, day, moment } from '../format.js';
import { html, type Html } from '../html.js';
import { PAYER_REFUND_STATES, REFUND_WAYS, wordOf } from '../operator/words.js';
import { invoiceTable } from '../orders/invoice-table.js';
import type { Read } from '../services.js';
import { status } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { loadPayer, type Billing, type Payer, type PayerFile, type PayerOrder, type PayerRefund, type Standing } from './payer.data.js';

export const payerPage: DecisionPage<PayerFile> = {
  route: 'payers/:id', prefix: 'pyr', load: loadPayer,
  back: ({ say }) => ({ href: '/payers', word: say('Financeurs', 'Payers') }),
  title: ({ payer: { name } }) => name, show, forms: () => [],
};

type Money = Exclude<keyof Standing, 'programmeId' | 'name' | 'orders'>;
const summed = ({ programmes }: Payer, name: Money): number => programmes.reduce((before, one) => before + one[name], 0);

function show({ payer, billing, orders, invoices, refunds }: PayerFile, visit: SignedInVisit): Html {
  const { say, language } = visit;
  const total = (name: Money) => amount(summed(payer, name), language);
  return html`${headline(total('spendableCents'), say('de ses chèques sont actifs : ni utilisés, ni échus.', 'of its vouchers are out: neither used nor expired.'))}
<section class="section"><h2>${say('Son argent', 'Its money')}</h2>${facts([
    [say('Commandé, annulations comprises', 'Ordered, cancelled orders too'), total('orderedCents')],
    [say('Payé', 'Paid'), total('paidCents')],
    [say('Reste à payer', 'Still to pay'), total('missingCents')],
    [say('Couverture libre', 'Free cover'), total('availableCents')],
    [say('Utilisé', 'Used'), total('usedCents')],
    [say('Échu', 'Expired'), total('expiredCents')],
    [say('À lui rendre ou rendu', 'Given back to it, or to be'), total('refundedCents')],
  ])}</section>
<section class="section"><h2>${say('Ses programmes', 'Its programmes')}</h2>${programmeTable(visit, payer.programmes)}</section>
${section(orders, say, say('Ses dernières commandes', 'Its latest orders'), (found) => orderTable(visit, found, payer))}
${section(invoices, say, say('Ses derniers devis et factures', 'Its latest quotes and invoices'), (found) => (found.length === 0
    ? html`<p class="empty">${say('Aucun document pour l’instant.', 'No document yet.')}</p>`
    : html`${invoiceTable(visit, found)}<p class="field"><a href="/order-invoices?payerId=${payer.payerId}">${say('Tous ses documents', 'All its documents')}</a></p>`))}
${section(refunds, say, say('Ses derniers remboursements', 'Its latest refunds'), (found) => refundTable(visit, found, payer))}
<section class="section"><h2>${say('Qui c’est', 'Who it is')}</h2>${facts([
    ['SIREN', html`<code>${payer.siren}</code>`], payer.siret !== null && ['SIRET', html`<code>${payer.siret}</code>`],
    payer.territories.length > 0 && [say('Territoires', 'Territories'), payer.territories.map(({ name, code }) => `${name} (${code})`).join(', ')],
    [say('Identifiant', 'Id'), html`<code>${payer.payerId}</code>`],
  ])}</section>
${billingSection(visit, billing)}`;
}

function programmeTable({ say, language }: SignedInVisit, programmes: readonly Standing[]): Html {
  if (programmes.length === 0) return html`<p class="empty">${say('Aucun : sa première commande l’inscrira ici.', 'None: its first order will enter it here.')}</p>`;
  const money = (head: string, name: Money) => ({ head, number: true, cell: (one: Standing) => amount(one[name], language) });
  return table(say('Programmes', 'Programmes'), [
    { head: say('Programme', 'Programme'), cell: ({ programmeId, name }: Standing) => html`<a href="/programmes/${programmeId}">${name}</a>` },
    money(say('Commandé', 'Ordered'), 'orderedCents'), money(say('Payé', 'Paid'), 'paidCents'), money(say('Couverture libre', 'Free cover'), 'availableCents'),
    money(say('Actif', 'Out'), 'spendableCents'), money(say('Utilisé', 'Used'), 'usedCents'), money(say('Échu', 'Expired'), 'expiredCents'),
    money(say('Rendu', 'Given back'), 'refundedCents'),
  ], programmes);
}

/** Of a shared order, what this payer bears of it. */
function orderTable({ say, language }: SignedInVisit, orders: readonly PayerOrder[], { payerId }: Payer): Html {
  if (orders.length === 0) return html`<p class="empty">${say('Aucune commande pour l’instant.', 'No order yet.')}</p>`;
  return html`${table(say('Commandes', 'Orders'), [
    { head: say('Référence', 'Reference'), cell: ({ orderId, reference }: PayerOrder) => html`<a class="whole" href="/all-orders/${orderId}"><code>${reference}</code></a>` },
    { head: say('Programme', 'Programme'), cell: ({ programmeName }) => programmeName },
    { head: say('Passée le', 'Placed'), cell: ({ placedAt }) => day(placedAt.slice(0, 10), language) },
    { head: say('Commande', 'Order'), cell: ({ state }) => status(state, say) }, { head: say('Argent', 'Money'), cell: ({ funding }) => status(funding, say) },
    { head: say('Sa part', 'Its share'), number: true, cell: ({ shares }) => amount(shares[0]?.amountCents ?? 0, language) },
    { head: say('Reste à payer', 'Still to pay'), number: true, cell: ({ shares }) => amount(shares[0]?.missingCents ?? 0, language) },
  ], orders)}<p class="field"><a href="/all-orders?payerId=${payerId}">${say('Toutes ses commandes', 'All its orders')}</a></p>`;
}

function refundTable({ say, language }: SignedInVisit, refunds: readonly PayerRefund[], { name }: Payer): Html {
  if (refunds.length === 0) return html`<p class="empty">${say('Rien ne lui a été rendu.', 'Nothing was given back to it.')}</p>`;
  return html`${table(say('Remboursements', 'Refunds'), [
    { head: say('Demandé le', 'Ordered'), cell: ({ requestedAt }: PayerRefund) => moment(requestedAt, language) },
    { head: say('Voie', 'Way'), cell: ({ way }) => wordOf(REFUND_WAYS, way, say) },
    { head: say('État', 'State'), cell: ({ state, paidOn, reasonCode }) => html`${wordOf(PAYER_REFUND_STATES, state, say)}${paidOn && html` ${day(paidOn, language)}`}${reasonCode && html` <code>${reasonCode}</code>`}` },
    { head: say('Montant', 'Amount'), number: true, cell: ({ amountCents }) => amount(amountCents, language) },
  ], refunds)}<p class="field"><a href="/refunds?${String(new URLSearchParams({ legalName: name }))}">${say('Tout ce qui lui est dû ou rendu', 'All that is owed or given back to it')}</a></p>`;
}

const NOT_FOUND = 404;

/** A payer that nobody gave an address for cannot be invoiced: that is an answer, and no outage. */
function billingSection({ say }: SignedInVisit, read: Read<Billing>): Html {
  const title = say('Où il est facturé', 'Where it is invoiced');
  const told: Read<Billing | null> = !read.ok && read.status === NOT_FOUND ? { ok: true, value: null } : read;
  return section(told, say, title, (found) => (found === null
    ? html`<p class="empty">${say('Adresse inconnue : il ne peut pas être facturé.', 'Address unknown: it cannot be invoiced.')}</p>`
    : facts([
      [say('Adresse', 'Address'), [found.address.street, found.address.streetMore, `${found.address.postalCode} ${found.address.city}`].filter((line) => line !== null).join(', ')],
      found.needsServiceCode && [say('Chorus Pro', 'Chorus Pro'), say('Un code service est exigé', 'A service code is required')],
      found.needsEngagementNumber && [say('Engagement', 'Engagement'), say('Un numéro d’engagement est exigé', 'An engagement number is required')],
    ])));
}
