// How far did my vouchers come: made, delivered, handed over, begun, used up?
import { headline, part, table } from '../components.js';
import { count, counted } from '../format.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import type { Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import { DIMENSIONS, type Dimension, type FunnelRow } from './funnel.data.js';

const NAMES: Readonly<Record<Dimension, readonly [french: string, english: string]>> = {
  month: ['Mois de commande', 'Month of the order'], programme: ['Programme', 'Programme'], distributor: ['Distributeur', 'Distributor'], departement: ['Département', 'Département'],
};
/** As issuance leaves groups out (decision 23). */
const GROUP_MIN = 5;

export type FunnelView = Readonly<{
  by: Dimension; programmeId: string | undefined; rows: Read<readonly FunnelRow[]>;
  programmes: readonly Readonly<{ programmeId: string; name: string }>[];
}>;

export function funnelPage(visit: SignedInVisit, view: FunnelView): Html {
  const { say } = visit;
  const title = say('Parcours des chèques', 'Way of the vouchers');
  return signedInPage(visit, title, html`<h1>${title}</h1>
${part(view.rows, say, title, (rows) => answer(visit, rows))}
${choice(visit, view)}
${view.rows.ok && (view.rows.value.length === 0 ? html`<p class="empty field">${say('Rien encore. Ici se lira jusqu’où vos chèques sont allés.', 'Nothing yet. Here you will read how far your vouchers came.')}</p>` : rowTable(visit, view, view.rows.value))}`);
}

function answer({ say, language }: SignedInVisit, rows: readonly FunnelRow[]): Html {
  const inStock = rows.reduce((sum, row) => sum + row.inStock.vouchers, 0);
  const words = counted(inStock, language, [say('chèque', 'voucher'), say('chèques', 'vouchers')]);
  return headline(words, say('à remettre, chez les distributeurs.', 'at distributors, to be handed over.'));
}

function choice({ say }: SignedInVisit, { by, programmeId, programmes }: FunnelView): Html {
  return html`<form method="get" action="/funnel" class="section"><div class="said"><div class="field"><label for="by">${say('Une ligne par', 'One row per')}</label><select id="by" name="by">${
    DIMENSIONS.map((one) => html`<option value="${one}" ${one === by && html`selected`}>${say(...NAMES[one])}</option>`)}</select></div>
<div class="field"><label for="programmeId">${say('Programme', 'Programme')}</label><select id="programmeId" name="programmeId"><option value="">${say('Tous', 'All')}</option>${
    programmes.map(({ programmeId: id, name }) => html`<option value="${id}" ${id === programmeId && html`selected`}>${name}</option>`)}</select></div>
<div class="field"><button class="button">${say('Afficher', 'Show')}</button></div></div></form>`;
}

function rowTable(visit: SignedInVisit, { by, programmes }: FunnelView, rows: readonly FunnelRow[]): Html {
  const { say, language } = visit;
  const few = html`<span class="quiet">${say('moins de', 'fewer than')} ${GROUP_MIN}</span>`;
  const number = (value: number | null | undefined) => (value === null || value === undefined ? few : count(value, language));
  return html`<section class="section">${table(say('Parcours, en chèques', 'Way, in vouchers'), [
    { head: say(...NAMES[by]), cell: (row: FunnelRow) => nameOf(visit, by, row, programmes) },
    // Of a distributor nobody ordered anything: it was delivered.
    ...(by === 'distributor' || by === 'departement' ? [] : [{ head: say('Commandés', 'Ordered'), number: true, cell: ({ ordered }: FunnelRow) => (ordered ? count(ordered.vouchers, language) : '–') }]),
    { head: say('Livrés', 'Delivered'), number: true, cell: ({ delivered }) => count(delivered.vouchers, language) },
    { head: say('En stock', 'In stock'), number: true, cell: ({ inStock }) => count(inStock.vouchers, language) },
    { head: say('Remis', 'Handed over'), number: true, cell: ({ handedOver }) => number(handedOver?.vouchers) },
    { head: say('Part remise des livrés', 'Part handed over of delivered'), cell: (row) => shareBar(visit, row) },
    { head: say('Carnets commencés', 'Booklets begun'), number: true, cell: ({ firstUse }) => number(firstUse) },
    { head: say('Carnets épuisés', 'Booklets used up'), number: true, cell: ({ usedUp }) => number(usedUp) },
  ], rows)}
<p class="small quiet field">${say(`Un groupe de moins de ${GROUP_MIN} personnes n’est pas montré : on pourrait les reconnaître.`, `A group of fewer than ${GROUP_MIN} people is not shown: they could be recognised.`)}</p></section>`;
}

function nameOf({ say, language }: SignedInVisit, by: Dimension, row: FunnelRow, programmes: FunnelView['programmes']): Html | string {
  const unknown = say('Aucun', 'None');
  switch (by) {
    case 'month': return row.month === null ? unknown : monthText(row.month, language);
    case 'programme': return programmes.find(({ programmeId }) => programmeId === row.programmeId)?.name ?? row.programmeId ?? unknown;
    case 'distributor': return row.distributorId === null ? unknown : html`<code title="${row.distributorId}">…${row.distributorId.slice(-8)}</code>`;
    case 'departement': return row.departement === 'several' ? say('Plusieurs', 'Several') : row.departement ?? unknown;
  }
}

/** `novembre 2026` of `2026-11`. */
const monthText = (month: string, language: string): string =>
  new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`));

const BAR = 100;

/** In words too, for the bar is only its picture. Nothing where either side is not told. */
function shareBar({ language, say }: SignedInVisit, { handedOver, delivered }: FunnelRow): Html | string {
  if (!handedOver || delivered.vouchers === 0) return '–';
  const part = Math.min(1, handedOver.vouchers / delivered.vouchers);
  const text = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(part * 100);
  return html`<span class="share"><svg viewBox="0 0 ${BAR} 10" preserveAspectRatio="none" aria-hidden="true"><rect class="life-2" width="${BAR}" height="10"/><rect class="life-4" width="${
    (part * BAR).toFixed(1)}" height="10"/></svg>${text}${say('\u00A0%', '%')}</span>`;
}
