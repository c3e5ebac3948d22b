// The question of a draft: what would I pay, and who has agreed?
import { uuidv7 } from 'uuidv7';
import { headline, table } from '../components.js';
import { amount, amountText, counted, day, moment } from '../format.js';
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import { invoiceTable } from '../orders/invoice-table.js';
import type { Invoice } from '../orders/order.data.js';
import { stepWord } from '../orders/order-history.js';
import { refusedNotice } from '../orders/order.page.js';
import { pill, status } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import type { DraftWithSteps, Quote } from './draft.data.js';
import { addressOf } from './order-form.js';
import { percent } from './order-form.page.js';

export type DraftView = Readonly<{ draft: DraftWithSteps; documents: readonly Invoice[]; own: string; refused: string | undefined }>;

export function draftPage(visit: SignedInVisit, view: DraftView): Html {
  const { say } = visit;
  const { draft, documents, refused } = view;
  const quotes = documents.filter(({ kind }) => kind === 'quote');
  return signedInPage(visit, draft.programmeName, html`<p class="small"><a href="/drafts">${say('Brouillons et devis', 'Drafts and quotes')}</a></p>
<h1>${draft.programmeName} ${status(draft.state, say)}</h1>
${refusedNotice(visit, refused)}
<div class="two"><div>${answer(visit, view, quotes[0])}</div>${panel(visit, view, quotes[0])}</div>
<section class="section"><h2>${say('Qui paie quoi', 'Who pays what')}</h2>${shares(visit, view)}</section>
${quotes.length > 0 && html`<section class="section"><h2>${say('Devis', 'Quotes')}</h2>${invoiceTable(visit, quotes)}</section>`}
<section class="section"><h2>${say('Ce qui s’est passé, du plus ancien au plus récent', 'What happened, oldest first')}</h2>
<ol class="lines">${draft.steps.map((step) => html`<li><span class="what"><b>${stepWord(step.step, visit)}</b>${step.reason}</span><span class="small quiet">${moment(step.takenAt, visit.language)}</span></li>`)}</ol></section>`);
}

/** Undefined for a payer whose id is not known here, and where there is no quote. */
const ownShareOf = ({ draft: { quote }, own }: DraftView) => quote?.shares.find(({ payerId }) => payerId === own);

/** What this payer would pay: its quote with fee and VAT where it has one, else its share of the face value. */
function priceOf(view: DraftView, document: Invoice | undefined): number | undefined {
  return document?.totalCents ?? ownShareOf(view)?.amountCents;
}

function answer(visit: SignedInVisit, view: DraftView, document: Invoice | undefined): Html {
  const { say, language } = visit;
  const { count, quote, state } = view.draft;
  const vouchers = counted(count, language, [say('chèque', 'voucher'), say('chèques', 'vouchers')]);
  const price = priceOf(view, document);
  // A quote that was refused or lapsed is no price any more.
  if (!quote || price === undefined || state !== 'quoted') {
    if (state === 'cancelled') return headline(vouchers, say('dans ce brouillon, qui est abandonné.', 'in this draft, which is given up.'));
    return headline(vouchers, say('dans ce brouillon. Votre opérateur fait le devis ; rien n’est dû.', 'in this draft. Your operator makes the quote; nothing is owed.'));
  }
  const sentence = document ? say(`à payer pour votre part de ${vouchers}, frais et TVA compris.`, `to pay for your share of ${vouchers}, fee and VAT included.`)
    : say(`pour votre part de ${vouchers}, sans frais ni TVA.`, `for your share of ${vouchers}, without fee and VAT.`);
  return html`${headline(amount(price, language), sentence)}
<dl class="lines field"><div><dt>${say('Chèques, votre part', 'Vouchers, your share')}</dt><dd>${amount(document?.faceCents ?? price, language)}</dd></div>
${document && html`<div><dt>${say('Frais', 'Fee')}</dt><dd>${amount(document.feeCents, language)}</dd></div><div><dt>${say('TVA', 'VAT')}</dt><dd>${amount(document.vatCents, language)}</dd></div>`}
<div><dt>${say('Valable jusqu’au', 'Valid until')}</dt><dd>${day(quote.validUntil, language)}</dd></div></dl>`;
}

type Row = Quote['shares'][number];
function shares(visit: SignedInVisit, { draft: { quote, shares: agreed, payers }, own }: DraftView): Html {
  const { say, language } = visit;
  const rows: readonly (Omit<Row, 'amountCents'> & Readonly<{ amountCents: number | null }>)[] = quote?.shares ?? agreed.map((share) => ({ ...share, amountCents: null, answer: null }));
  return table(say('Qui paie quoi', 'Who pays what'), [
    { head: say('Financeur', 'Payer'), cell: ({ payerId }: (typeof rows)[number]) => (payerId === own ? html`<b>${say('Vous', 'You')}</b>` : payers.find((one) => one.payerId === payerId)?.name ?? html`<code title="${payerId}">…${payerId.slice(-8)}</code>`) },
    { head: say('Part', 'Part'), number: true, cell: ({ basisPoints }) => percent(basisPoints, visit) },
    { head: say('En chèques', 'In vouchers'), number: true, cell: ({ amountCents }) => (amountCents === null ? '–' : amount(amountCents, language)) },
    { head: say('Réponse', 'Answer'), cell: (row) => answered(visit, row.answer) },
  ], rows);
}

function answered({ say }: SignedInVisit, given: Row['answer']): Html {
  switch (given) {
    case 'accepted': return pill('ok', say('Accepté', 'Accepted'));
    case 'refused': return pill('no', say('Refusé', 'Refused'));
    case null: return pill('wait', say('Attendue', 'Awaited'));
  }
}

function panel(visit: SignedInVisit, view: DraftView, document: Invoice | undefined): Html {
  const { say, language } = visit;
  const { draft } = view;
  if (draft.state === 'quoted' && draft.quote) {
    const share = ownShareOf(view);
    if (share?.answer === 'accepted') return html`<aside class="panel"><p>${icon('done')} ${say('Vous avez accepté. La commande existe quand les autres ont accepté aussi.', 'You have accepted. The order exists once the others have accepted too.')}</p></aside>`;
    const hidden = html`<input type="hidden" name="key" value="${uuidv7()}"><input type="hidden" name="version" value="${draft.quote.version}">`;
    const price = priceOf(view, document);
    return html`<aside class="panel"><h2>${say('Votre réponse', 'Your answer')}</h2>
<p>${say('Accepter vous engage à payer votre part. L’argent part ensuite de votre banque, pas d’ici.', 'To accept commits you to pay your share. The money then leaves your bank, not from here.')}</p>
<form method="post" action="/drafts/${draft.orderId}/answer">${hidden}<input type="hidden" name="answer" value="accepted">
<button class="button filled large">${say('Accepter', 'Accept')} ${price !== undefined && amountText(price, language)}</button></form>
<details class="section"><summary>${say('Refuser ce devis', 'Refuse this quote')}</summary><form method="post" action="/drafts/${draft.orderId}/answer">${hidden}<input type="hidden" name="answer" value="refused">
${reasonField(visit)}<button class="button">${say('Refuser', 'Refuse')}</button></form></details></aside>`;
  }
  if (draft.state !== 'draft') return html``;
  return html`<aside class="panel"><h2>${say('Brouillon', 'Draft')}</h2>${fitsTheForm(draft)
    ? html`<p>${say('Votre opérateur le lit et fait le devis. D’ici là, vous pouvez le changer.', 'Your operator reads it and makes the quote. Until then you can change it.')}</p>
<p><a class="button" href="${changeAddress(view)}">${say('Changer le brouillon', 'Change the draft')}</a></p>`
    : html`<p>${say('Votre opérateur le lit et fait le devis. Son partage entre financeurs ne se change pas ici : demandez-le à votre opérateur.', 'Your operator reads it and makes the quote. Its sharing between payers is not changed here: ask your operator.')}</p>`}
<details class="section"><summary>${say('L’abandonner', 'Give it up')}</summary><form method="post" action="/drafts/${draft.orderId}/cancel"><input type="hidden" name="key" value="${uuidv7()}">
${reasonField(visit)}<button class="button">${say('Abandonner le brouillon', 'Give the draft up')}</button></form></details></aside>`;
}

const reasonField = ({ say }: SignedInVisit): Html => html`<div class="field"><label for="reason">${say('Pourquoi ?', 'Why?')}</label><textarea class="prose" id="reason" name="reason" rows="3" maxlength="500" required></textarea></div>`;

/** The form knows four payers by their parts; sent with less than a draft has, it would take the rest away. */
const PAYERS_OF_THE_FORM = 4;
const fitsTheForm = ({ sharing, shares: agreed }: DraftView['draft']): boolean => agreed.length <= PAYERS_OF_THE_FORM
  && (agreed.length < 2 || sharing === 'pro_rata') && agreed.every(({ capCents }) => capCents === null);

/** The form as this draft would fill it in. */
function changeAddress({ draft: { orderId, programmeId, count, faceCents, paper, shares: agreed }, own }: DraftView): string {
  const others = agreed.filter(({ payerId }) => payerId !== own);
  const row = (index: number) => [others[index]?.payerId ?? '', others[index] ? String(others[index].basisPoints / 100) : ''] as const;
  const [[funder1, part1], [funder2, part2], [funder3, part3]] = [row(0), row(1), row(2)];
  return addressOf({
    programmeId, count: String(count), face: faceCents === null ? '' : String(faceCents / 100), carrier: paper ? 'paper' : 'file', draft: orderId,
    funder1, part1, funder2, part2, funder3, part3,
  }, 'vouchers');
}
