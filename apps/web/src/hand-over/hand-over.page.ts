// Whom do I give this booklet to? One by its number, or several that follow each other; no name is asked, and never the code.
import { uuidv7 } from 'uuidv7';
import { part } from '../components.js';
import { amountText, day, moment } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import type { Read } from '../services.js';
import { bookletsText, rangeText, vouchersText, type Desk, type Stock, type StockRow } from '../stock/stock.data.js';
import type { SignedInVisit } from '../visit.js';
import { PUBLICS, type HandOver } from './hand-over.data.js';
import type { RangeTyped, Scan } from './hand-over.form.js';

export type Shown = Readonly<{
  stock: Read<Stock>; desks: Read<readonly Desk[]>; latest: Read<readonly HandOver[]>; above?: Piece;
  scan?: Scan | undefined; range?: RangeTyped | undefined;
}>;

export function handOverPage(visit: SignedInVisit, { stock, desks, latest, above, scan, range }: Shown): Html {
  const { say } = visit;
  const title = say('Remettre', 'Hand over');
  return signedInPage(visit, title, html`<h1>${title}</h1>${above}<div class="two"><div>
<p class="lead">${say('Ce que vous remettez quitte votre stock et sert dès maintenant. Aucun nom n’est demandé.', 'What you hand over leaves your stock and can be used at once. No name is asked.')}</p>
<form method="post" action="/hand-over" autocomplete="off"><input type="hidden" name="key" value="${scan?.key ?? uuidv7()}">
<div class="field"><label for="serial">${say('Numéro du carnet ou du chèque', 'Number of the booklet or voucher')}</label>
<input class="big" id="serial" name="serial" required maxlength="80" autocapitalize="characters" autocomplete="off" spellcheck="false" autofocus value="${scan?.serial ?? ''}" placeholder="XXXXXXXX-B000001-0" aria-describedby="serial-hint">
<p class="hint" id="serial-hint">${say('Sur la couverture du carnet, ou au dos d’un chèque seul. Un lecteur de codes peut écrire ici. Jamais le code secret.',
    'On the cover of the booklet, or on the back of a single voucher. A scanner may write here. Never the secret code.')}</p></div>
${aroundFields(visit, 'scan', desks, scan)}
<p class="field"><button class="button filled large">${icon('voucher')}${say('Remettre', 'Hand over')}</button></p></form>
<p class="field"><a href="/hand-over/list">${say('Remettre par liste (CSV)', 'Hand over by a list (CSV)')}</a></p>
${part(stock, say, say('Stock', 'Stock'), ({ items }) => rangeForm(visit, items.filter(({ inStock }) => inStock.booklets > 0), desks, range))}</div>
<div>${part(latest, say, say('Dernières remises', 'Latest hand-overs'), (found) => latestPart(visit, found))}
${stock.ok && letterForm(visit, stock.value.items)}</div></div>`);
}

type Around = Pick<Scan, 'inseeCode' | 'publicCategory' | 'agentId'>;

function aroundFields({ say }: SignedInVisit, form: string, desks: Read<readonly Desk[]>, given?: Around): Html {
  const isOpen = given !== undefined && (given.inseeCode !== '' || given.publicCategory !== '' || given.agentId !== '');
  const desk = desks.ok && desks.value.length > 0 && html`<div class="field"><label for="${form}-desk">${say('Guichet', 'Desk')}</label><select id="${form}-desk" name="agentId"><option value="">${
    say('Tout le stock', 'The whole stock')}</option>${desks.value.map(({ agentId, name }) => option(agentId, name, given?.agentId))}</select></div>`;
  return html`<details ${isOpen && html`open`}><summary>${say('Commune, public, guichet (facultatif)', 'Commune, public, desk (optional)')}</summary><div class="said">
<div class="field"><label for="${form}-commune">${say('Commune (code INSEE)', 'Commune (INSEE code)')}</label><input id="${form}-commune" name="inseeCode" maxlength="5" value="${given?.inseeCode ?? ''}"></div>
<div class="field"><label for="${form}-public">${say('Public', 'Public')}</label><select id="${form}-public" name="publicCategory"><option value=""></option>${
  Object.entries(PUBLICS).map(([value, words]) => option(value, say(...words), given?.publicCategory))}</select></div>${desk}</div></details>`;
}

const option = (value: string, label: string, chosen?: string): Html => html`<option value="${value}" ${value === chosen && html`selected`}>${label}</option>`;

function rangeForm(visit: SignedInVisit, rows: readonly StockRow[], desks: Read<readonly Desk[]>, range?: RangeTyped): Html {
  const { say } = visit;
  if (rows.length === 0) return html``;
  return html`<details ${range && html`open`}><summary>${say('Plusieurs carnets qui se suivent', 'Several booklets that follow each other')}</summary>
<form method="post" action="/hand-over/range/check"><input type="hidden" name="key" value="${uuidv7()}">
<div class="field"><label for="batchId">${say('Lot', 'Batch')}</label><select id="batchId" name="batchId">${rows.map(({ batchId, label, programmeName, inStock }) =>
    option(batchId, `${label} · ${programmeName} · ${bookletsText(inStock.booklets, visit)}`, range?.batchId))}</select></div><div class="said">
<div class="field"><label for="first">${say('Du carnet n°', 'From booklet no.')}</label><input id="first" name="first" inputmode="numeric" required maxlength="7" value="${range?.first ?? ''}"></div>
<div class="field"><label for="last">${say('Au carnet n°', 'To booklet no.')}</label><input id="last" name="last" inputmode="numeric" required maxlength="7" value="${range?.last ?? ''}"></div></div>
${aroundFields(visit, 'range', desks, range)}
<p class="field"><button class="button">${say('Voir ce que cela remet', 'See what this hands over')}</button></p></form></details>`;
}

/** Nothing is done yet: how many, worth how much, until when; then one button that names it. */
export function rangeCheckPage(
  visit: SignedInVisit, range: RangeTyped, row: StockRow, booklets: Readonly<{ first: number; last: number }>,
): Html {
  const { say, language } = visit;
  const vouchers = (booklets.last - booklets.first + 1) * row.bookletSize;
  const title = say('Remettre plusieurs carnets', 'Hand several booklets over');
  const { first, last, ...hidden } = range;
  const fields = { ...hidden, first, last: last === '' ? first : last };
  const { bookletSize } = row;
  const named = rangeText({ first: (booklets.first - 1) * bookletSize, last: booklets.last * bookletSize - 1, bookletSize }, visit);
  return signedInPage(visit, title, html`<div class="narrow"><p class="small"><a href="/hand-over">${say('Remettre', 'Hand over')}</a></p><h1>${title}</h1>
<div class="headline"><strong>${amountText(vouchers * row.faceCents, language)}</strong><p>${say(`en ${vouchersText(vouchers, visit)} : lot ${row.label}, ${named}.`, `in ${vouchersText(vouchers, visit)}: batch ${row.label}, ${named}.`)}</p></div>
<p class="lead">${say('Rien n’est encore fait. Ces carnets quitteront votre stock et serviront aussitôt, jusqu’au', 'Nothing is done yet. These booklets will leave your stock and can be used at once, until')} ${day(row.usableUntil, language)}.</p>
<form method="post" action="/hand-over/range">${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<p class="field"><button class="button filled large">${say(`Remettre ${vouchersText(vouchers, visit)}`, `Hand ${vouchersText(vouchers, visit)} over`)}</button></p></form>
<p class="field"><a href="/hand-over">${say('Ne rien remettre', 'Hand nothing over')}</a></p></div>`);
}

function latestPart(visit: SignedInVisit, latest: readonly HandOver[]): Html {
  const { say, language } = visit;
  return html`<section class="section"><h2>${say('Dernières remises', 'Latest hand-overs')}</h2>${latest.length === 0
    ? html`<p class="empty">${say('Vos remises seront ici.', 'Your hand-overs will be here.')}</p>`
    : html`<ul class="lines">${latest.map((one) => html`<li class="wraps"><span class="what"><b><code>${one.label}</code> · ${rangeText(one, visit)}</b>${moment(one.handedOverAt, language)}${
      one.returnedAt !== null && say(', reprise', ', taken back')}</span>${one.returnedAt === null && takeBackForm(visit, one)}</li>`)}</ul>
<p><a href="/hand-overs">${say('Toutes les remises', 'All hand-overs')}</a></p>`}</section>`;
}

export function takeBackForm(visit: SignedInVisit, one: HandOver): Html {
  const { say } = visit;
  const what = vouchersText(one.last - one.first + 1, visit);
  return html`<details class="undo"><summary>${icon('undo')}${say('Reprendre', 'Take back')}<span class="visually-hidden"> ${one.label} ${rangeText(one, visit)}</span></summary>
<form method="post" action="/hand-overs/${one.handOverId}/return"><input type="hidden" name="key" value="${uuidv7()}"><p>${
  say('Ayez-les en main : ils reviennent dans votre stock. Une partie déjà utilisée le reste.', 'Have them in hand: they come back to your stock. What was used already stays used.')}</p>
<p class="field"><button class="button">${say(`Reprendre ${what}`, `Take ${what} back`)}</button></p></form></details>`;
}

function letterForm({ say }: SignedInVisit, rows: readonly StockRow[]): Html {
  const programmes = [...new Map(rows.map(({ programmeId, programmeName }) => [programmeId, programmeName]))];
  if (programmes.length === 0) return html``;
  return html`<section class="section"><h2>${say('Lettre d’orientation', 'Orientation letter')}</h2><p class="quiet">${
    say('Comment s’en servir, et les lieux proches. Elle ne nomme personne et n’est gardée nulle part.', 'How to use them, and places nearby. It names nobody and is kept nowhere.')}</p>
<form method="get" action="/hand-over/letter"><div class="field"><label for="programmeId">${say('Programme', 'Programme')}</label><select id="programmeId" name="programmeId">${programmes.map(([id, name]) => option(id, name))}</select></div>
<div class="said"><div class="field"><label for="letter-commune">${say('Commune (code INSEE)', 'Commune (INSEE code)')}</label><input id="letter-commune" name="commune" required maxlength="5"></div>
<div class="field"><label for="letter-print">${say('Caractères', 'Print')}</label><select id="letter-print" name="print">${option('normal', say('Normaux', 'Normal'))}${option('large', say('Grands', 'Large'))}</select></div></div>
<p class="field"><button class="button">${icon('print')}${say('Ouvrir la lettre (PDF)', 'Open the letter (PDF)')}</button></p></form></section>`;
}
