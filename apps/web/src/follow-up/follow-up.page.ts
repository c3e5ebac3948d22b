// Which booklets sleep? Those that were handed over long ago and never used, and stock that nothing moves in.
import { z } from 'zod';
import { part, table } from '../components.js';
import { count, day } from '../format.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import type { Read } from '../services.js';
import { bookletsText, type Stock } from '../stock/stock.data.js';
import type { SignedInVisit } from '../visit.js';

export const DAYS = [30, 60, 90, 180] as const;
const alert = z.object({ kind: z.enum(['sleeping_stock', 'never_used']), batchId: z.string(), vouchers: z.int(), booklets: z.int(), since: z.string() });
export const alertsShape = z.object({ alerts: z.array(alert) }).transform(({ alerts }) => alerts);
const counts = z.object({ vouchers: z.int(), booklets: z.int() });
export const funnelShape = z.object({
  rows: z.array(z.object({
    delivered: counts, inStock: counts, handedOver: counts.nullable(), firstUse: z.int().nullable(), usedUp: z.int().nullable(),
  })),
}).transform(({ rows }) => rows[0]);
type Alert = z.output<typeof alert>;
type Funnel = z.output<typeof funnelShape>;

type Shown = Readonly<{ days: number; alerts: Read<readonly Alert[]>; funnel: Read<Funnel>; stock: Read<Stock> }>;

export function followUpPage(visit: SignedInVisit, { days, alerts, funnel, stock }: Shown): Html {
  const { say, language } = visit;
  const title = say('À relancer', 'To follow up');
  const labels = new Map(stock.ok ? stock.value.items.map(({ batchId, label }) => [batchId, label]) : []);
  return signedInPage(visit, title, html`<h1>${title}</h1>${part(alerts, say, title, (found) => {
    const unused = found.filter(({ kind }) => kind === 'never_used');
    const sleeping = found.filter(({ kind }) => kind === 'sleeping_stock');
    const booklets = unused.reduce((sum, one) => sum + one.booklets, 0);
    return html`<div class="headline"><strong>${bookletsText(booklets, visit)}</strong><p>${say(`remis il y a plus de ${days} jours, et jamais ${booklets < 2 ? 'utilisé' : 'utilisés'}.`, `handed over more than ${days} days ago and never used.`)}</p></div>
<p class="field">${DAYS.map((choice, index) => html`${index > 0 && ' · '}<a href="/follow-up?days=${choice}" ${choice === days && html`aria-current="true"`}>${count(choice, language)} ${say('jours', 'days')}</a>`)}</p>
${unused.length > 0 && html`<section class="section"><h2>${say('Jamais utilisés', 'Never used')}</h2>${alertTable(visit, unused, labels, say('Remis depuis le', 'Handed over since'))}
<p class="field">${say('Rappelez aux personnes où s’en servir : la lettre d’orientation nomme les lieux proches.', 'Tell people again where to use them: the orientation letter names places nearby.')} <a href="/hand-over">${say('Ouvrir une lettre', 'Open a letter')}</a></p></section>`}
${sleeping.length > 0 && html`<section class="section"><h2>${say('Stock qui dort', 'Sleeping stock')}</h2>${alertTable(visit, sleeping, labels, say('Rien ne bouge depuis le', 'Nothing moved since'))}
<p class="field"><a href="/send-stock">${say('Envoyer ou rendre des carnets', 'Send or give back booklets')}</a></p></section>`}`;
  })}
${part(funnel, say, say('Usage', 'Use'), (row) => funnelPart(visit, row))}`);
}

function alertTable({ say, language }: SignedInVisit, rows: readonly Alert[], labels: ReadonlyMap<string, string>, since: string): Html {
  return table(since, [
    { head: say('Lot', 'Batch'), cell: ({ batchId }: Alert) => html`<a href="/hand-overs?batchId=${batchId}"><code>${labels.get(batchId) ?? batchId.slice(-8)}</code></a>` },
    { head: since, cell: (one) => day(one.since.slice(0, 10), language) },
    { head: say('Carnets', 'Booklets'), number: true, cell: ({ booklets }) => count(booklets, language) },
    { head: say('Chèques', 'Vouchers'), number: true, cell: ({ vouchers }) => count(vouchers, language) },
  ], rows);
}

/** How far the booklets came, all in all. */
function funnelPart({ say, language }: SignedInVisit, row: Funnel): Html {
  if (!row) return html`<p class="empty">${say('Rien n’est encore remis.', 'Nothing was handed over yet.')}</p>`;
  const line = (words: string, value: number | null | undefined) => html`<div><dt>${words}</dt><dd>${value === null || value === undefined ? '–' : count(value, language)}</dd></div>`;
  return html`<section class="section"><h2>${say('Ce que deviennent les carnets', 'What becomes of the booklets')}</h2><dl class="lines">${line(say('Livrés', 'Delivered'), row.delivered.booklets)}${
    line(say('En stock', 'In stock'), row.inStock.booklets)}${line(say('Remis', 'Handed over'), row.handedOver?.booklets)}${line(say('Commencés', 'Begun'), row.firstUse)}${
    line(say('Finis', 'Used up'), row.usedUp)}</dl></section>`;
}
