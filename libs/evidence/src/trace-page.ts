// A trace as one page of HTML, for people who were not there. It asks nothing of a network, and what it says depends on the
// trace alone: no clock, no locale data of a runtime that may change.
import type { Traced, TracedStep } from './traced.js';
import { GAP_WORDS, inWords, REACHED_WORDS, STEP_WORDS, type Language } from './trace-words.js';

/** What the packet is about, under which signed size. */
export type PageHead = Readonly<{ origin: string; size: number; root: string; begunWith: Readonly<Record<string, string | number>> }>;

const STYLE = 'body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#111;background:#fff}'
  + 'table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #767676}'
  + '.number{text-align:right;white-space:nowrap}code{font-size:.85em;overflow-wrap:anywhere}';

export function tracePage(traced: Traced, head: PageHead, language: Language): string {
  const say = (fr: string, en: string) => (language === 'fr' ? fr : en);
  const title = say('Le chemin de l’argent', 'The way of the money');
  const begun = inOrder(head.begunWith).map(([noun, id]) => `${noun} ${id}`).join(', ');
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style></head><body>
<h1>${title}</h1>
<p>${say('À partir de', 'Beginning with')} <code>${escaped(begun)}</code>, ${say(`dans les ${head.size} premiers événements du journal`, `in the first ${head.size} events of the log`)} <code>${escaped(head.origin)}</code>, ${say('racine', 'root')} <code>${escaped(head.root)}</code>.</p>
${traced.isCut ? `<p><strong>${say('Une limite a été atteinte : il y a plus d’étapes que celles-ci.', 'A bound was met: there are more steps than these.')}</strong></p>\n` : ''}<h2>${say('Étapes', 'Steps')}</h2>
<table><thead><tr><th scope="col">${say('Moment (UTC)', 'Moment (UTC)')}</th><th scope="col">${say('Ce qui s’est passé', 'What happened')}</th><th scope="col">${say('Montant', 'Amount')}</th><th scope="col">${say('De quoi il s’agit', 'What it is about')}</th><th scope="col">${say('Preuve', 'Proof')}</th></tr></thead><tbody>
${traced.steps.map((step) => stepRow(step, language)).join('\n')}
</tbody></table>
${usesOf(traced, language)}${fedOf(traced, language)}${openOf(traced, language)}</body></html>
`;
}

const stepRow = ({ at, step, amountCents, ids, range, leaf, eventId, sender, seq }: TracedStep, language: Language): string => {
  const about = inOrder(ids).map(([noun, id]) => `${escaped(noun)} <code>${escaped(id)}</code>`);
  if (range) about.push(range.first === range.last ? `n° ${range.first}` : `n° ${range.first}–${range.last}`);
  const cells = [moment(at), escaped(inWords(STEP_WORDS, step, language)), amountCents === null ? '–' : euros(amountCents, language), about.join('<br>'),
    `${escaped(sender)} ${seq}<br><code>${escaped(eventId)}</code><br>${language === 'fr' ? 'feuille' : 'leaf'} ${leaf}`];
  return `<tr>${cells.map((cell, at) => `<td${at === 2 ? ' class="number"' : ''}>${cell}</td>`).join('')}</tr>`;
};

function usesOf({ redemptions }: Traced, language: Language): string {
  if (redemptions.length === 0) return '';
  const say = (fr: string, en: string) => (language === 'fr' ? fr : en);
  const bound = (booklet: number | null | undefined) => (typeof booklet === 'number' ? `, ${say('carnet', 'booklet')} ${booklet}` : '');
  const rows = redemptions.map(({ redemptionId, voucher, amountCents, shares, reached, since, correctedCents, untold }) => {
    const whose = shares.map((share) => `<code>${escaped(share.payerId)}</code> ${euros(share.amountCents, language)}`).join('<br>') || '–';
    const far = [`${escaped(inWords(REACHED_WORDS, reached, language))} (${moment(since)})`,
      ...(correctedCents === 0 ? [] : [`${say('trop perçu', 'too much')} ${euros(correctedCents, language)}`]),
      ...untold.map((gap) => escaped(inWords(GAP_WORDS, gap, language)))];
    const what = `<code>${escaped(redemptionId)}</code>${voucher ? `<br><code>${escaped(voucher.batchId)}</code> n° ${voucher.index}${bound(voucher.booklet)}` : ''}`;
    return `<tr><td>${what}</td><td class="number">${euros(amountCents, language)}</td><td>${whose}</td><td>${far.join('<br>')}</td></tr>`;
  });
  return `<h2>${say('Utilisations', 'Redemptions')}</h2>
<table><thead><tr><th scope="col">${say('Utilisation et chèque', 'Redemption and voucher')}</th><th scope="col">${say('Montant', 'Amount')}</th><th scope="col">${say('L’argent de qui', 'Whose money')}</th><th scope="col">${say('Jusqu’où', 'How far')}</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table>
`;
}

/** Cents of a pool are not told apart, and the page says so. */
function fedOf({ fed, steps }: Traced, language: Language): string {
  if (fed.length === 0) return '';
  const say = (fr: string, en: string) => (language === 'fr' ? fr : en);
  const items = fed.map(({ eventId, amountCents }) => {
    const step = steps.find((one) => one.eventId === eventId);
    return `<li>${euros(amountCents, language)} · ${step ? `${escaped(inWords(STEP_WORDS, step.step, language))} (${moment(step.at)}) ` : ''}<code>${escaped(eventId)}</code></li>`;
  });
  return `<h2>${say('Ce qui a alimenté les communs', 'What fed the commons')}</h2>
<p>${say('Les recettes les plus récentes avant cette sortie, jusqu’à la couvrir : les centimes d’un fonds ne se distinguent pas.', 'The newest contributions before they gave, as many as cover it: cents of a pool are not told apart.')}</p>
<ul>${items.join('')}</ul>
`;
}

function openOf({ open }: Traced, language: Language): string {
  if (open.length === 0) return '';
  const items = open.map(({ what, since }) => `<li>${escaped(inWords(GAP_WORDS, what, language))}${since ? ` (${moment(since)})` : ''}</li>`);
  return `<h2>${language === 'fr' ? 'Ce qui ne s’est pas passé' : 'What has not happened'}</h2>\n<ul>${items.join('')}</ul>\n`;
}

/** By name: whoever read it from a file has its fields in another order than who wrote it. */
const inOrder = <T>(fields: Readonly<Record<string, T>>): [string, T][] => Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));

const moment = (at: string): string => escaped(`${at.slice(0, 10)} ${at.slice(11, 19)}`);

/** "1 234,56 €" and "€1,234.56", with spaces that do not break. */
function euros(cents: number, language: Language): string {
  const [whole, part] = [String(Math.floor(Math.abs(cents) / 100)), String(Math.abs(cents) % 100).padStart(2, '0')];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, language === 'fr' ? '\u00a0' : ',');
  const sign = cents < 0 ? '−' : '';
  return language === 'fr' ? `${sign}${grouped},${part}\u00a0€` : `${sign}€${grouped}.${part}`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign]!);
