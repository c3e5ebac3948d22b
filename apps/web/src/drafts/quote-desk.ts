// Drafts of payers as the operator answers them: each waits for a quote, whose price stands until a day.
import { headline, section } from '../components.js';
import type { Ask, DecisionPage } from '../decisions/decision-page.js';
import { allOf } from '../decisions/one-of.js';
import { timeline } from '../decisions/timeline.js';
import { amount, amountText, counted, day } from '../format.js';
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { invoiceTable } from '../orders/invoice-table.js';
import { invoiceShape, type Invoice } from '../orders/order.data.js';
import { stepWord } from '../orders/order-history.js';
import type { Read } from '../services.js';
import { status } from '../status.js';
import { draftWithSteps, type Draft, type DraftWithSteps } from './draft.data.js';
import { draftsList } from './drafts.list.js';
import { percent } from './order-form.page.js';

export const quotesList: List<Draft> = {
  ...draftsList, path: '/quotes', title: ['Brouillons et devis', 'Drafts and quotes'],
  empty: { sentence: ['Ici se liront les commandes que des financeurs préparent : vous en faites le devis.', 'Here you will read the orders that payers prepare: you quote them.'] },
  columns: draftsList.columns.map((column) => (column.name === 'programmeName'
    ? { ...column, cell: ({ orderId, programmeName }: Draft) => html`<a href="/quotes/${orderId}">${programmeName}</a>` } : column)),
};

type View = Readonly<{ draft: DraftWithSteps; documents: Read<readonly Invoice[]> }>;
const DAYS = '30';

async function load(ask: Ask, id: string): Promise<Read<View>> {
  const [draft, documents] = await Promise.all([ask(`/issuance/order-drafts/${id}`, draftWithSteps), allOf(ask, `/issuance/invoices?orderId=${id}&limit=50`, invoiceShape)]);
  return draft.ok ? { ok: true, value: { draft: draft.value, documents } } : draft;
}

export const quoteDeskPage: DecisionPage<View> = {
  route: 'quotes/:id', prefix: 'ord', load,
  back: ({ say }) => ({ href: '/quotes', word: say('Brouillons et devis', 'Drafts and quotes') }),
  title: ({ draft: { programmeName } }) => programmeName,
  show: ({ draft, documents }, visit) => {
    const { say, language } = visit;
    const { count, quote, state, shares, payers, steps, orderId } = draft;
    const vouchers = counted(count, language, [say('chèque', 'voucher'), say('chèques', 'vouchers')]);
    const nameOf = (id: string) => payers.find(({ payerId }) => payerId === id)?.name ?? id;
    const answerOf = (id: string) => quote?.shares.find(({ payerId }) => payerId === id);
    return html`${quote ? headline(amount(quote.amountCents, language), say(`pour ${vouchers}, sans les frais. Le devis vaut jusqu’au ${day(quote.validUntil, language)}.`, `for ${vouchers}, without the fee. The quote stands until ${day(quote.validUntil, language)}.`))
      : headline(vouchers, say('dans ce brouillon. Un devis en dira le prix.', 'in this draft. A quote will say the price.'))}
<p class="field">${status(state, say)}${state === 'accepted' && html` <a href="/all-orders/${orderId}">${say('Voir la commande', 'See the order')}</a>`}</p>
<section class="section"><h2>${say('Qui paie quoi', 'Who pays what')}</h2><ul class="lines">${shares.map(({ payerId, basisPoints }) => {
      const share = answerOf(payerId);
      return html`<li><span class="what"><b><a href="/payers/${payerId}">${nameOf(payerId)}</a></b>${percent(basisPoints, visit)}${share && ` – ${amountText(share.amountCents, language)}`}</span>${
        share?.answer === 'accepted' ? status('accepted', say) : share?.answer === 'refused' ? status('refused', say) : null}</li>`;
    })}</ul></section>
${section(documents, say, say('Devis', 'Quotes'), (found) => (found.length === 0 ? html`<p class="empty">${say('Aucun devis encore.', 'No quote yet.')}</p>` : invoiceTable(visit, found)))}
${timeline(visit, steps.map(({ step, takenAt, reason }) => ({ what: stepWord(step, visit), at: takenAt, more: reason })))}`;
  },
  forms: ({ draft: { orderId, state } }, { say }) => (state !== 'draft' ? [] : [{
    step: 'quote', title: say('Établir le devis', 'Make the quote'), filled: true, roles: ['operator'],
    says: say('Chaque financeur reçoit le sien, frais et TVA compris, et y répond. Quand tous l’ont accepté, c’est une commande. D’ici là le brouillon ne change plus.',
      'Each payer gets its own, fee and VAT included, and answers it. Once all have accepted, it is an order. Until then the draft does not change.'),
    fields: [{ name: 'validDays', kind: 'whole', label: say('Valable combien de jours', 'Good for how many days'), hint: say('180 au plus.', '180 at most.'), value: DAYS }],
    button: say('Établir le devis', 'Make the quote'), send: (values) => ({ path: `/issuance/order-drafts/${orderId}/quotes`, body: values }),
  }]),
};
