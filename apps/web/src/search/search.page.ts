// What was found, by kind; what was looked through; and what did not answer.
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import type { SignedInVisit } from '../visit.js';
import type { SearchTerm } from './search-term.js';
import type { Found } from './searched-list.js';
import type { Way } from './search-kinds.js';

export type SearchAnswer = Readonly<{ term: SearchTerm; found: readonly Found[]; ways: readonly Way[] }>;

export function searchPage(visit: SignedInVisit, typed: string, answer: SearchAnswer): Html {
  const { say } = visit;
  const title = say('Chercher', 'Search');
  return signedInPage(visit, title, html`<h1>${title}</h1>
<form method="get" action="/search" role="search" class="narrow"><div class="field"><label for="q">${say('Un numéro, une référence, un montant ou un nom', 'A number, a reference, an amount or a name')}</label>
<input id="q" name="q" type="search" value="${answer.term.kind === 'secret' ? '' : typed}" maxlength="100" autocomplete="off" aria-describedby="q-hint"><p class="hint" id="q-hint">${
    say('Par exemple 12,34 €, le numéro imprimé sur un chèque (jamais son code), une référence RF… ou MR…, ou le nom d’un lieu. Raccourci : Ctrl+K.',
      'For example 12.34 €, the serial printed on a voucher (never its code), a reference RF… or MR…, or the name of a place. Shortcut: Ctrl+K.')}</p></div>
<p class="field"><button class="button filled">${say('Chercher', 'Search')}</button></p></form>
${answered(visit, answer)}`);
}

function answered(visit: SignedInVisit, { term, found, ways }: SearchAnswer): Html {
  const { say } = visit;
  if (term.kind === 'empty') return html``;
  if (term.kind === 'secret') {
    return html`<div class="notice wait" role="alert">${icon('clock')}<p>${say('Ceci ressemble au code d’un chèque : il vaut de l’argent, nous ne l’avons ni cherché ni gardé. Cherchez le numéro de série.',
      'This looks like the code of a voucher: it is worth money, and we neither searched nor kept it. Search for the serial.')}</p></div>`;
  }
  const some = found.filter(({ rows }) => rows.ok && rows.value.lines.length > 0);
  return html`${ways.length > 0 && html`<section class="section"><h2>${say('Y aller', 'Go there')}</h2><ul class="lines">${ways.map(({ words, href }) =>
    html`<li><a class="target" href="${href}">${say(...words)}</a></li>`)}</ul></section>`}
${some.map((one) => group(visit, one))}
${some.length === 0 && ways.length === 0 && html`<p class="empty">${say('Rien de tel dans ce que vous pouvez voir.', 'Nothing of the kind in what you may see.')}</p>`}
${told(visit, found)}`;
}

function group({ say }: SignedInVisit, { title, href, rows }: Found): Html {
  if (!rows.ok) return html``;
  const { lines, more } = rows.value;
  return html`<section class="section"><h2>${say(...title)}</h2><ul class="lines">${lines}</ul>
<p class="field"><a href="${href}">${more ? say('Il y en a d’autres : voir la liste', 'There are more: see the list') : say('Voir dans la liste', 'See in the list')}<span class="visually-hidden">, ${say(...title)}</span></a></p></section>`;
}

/** An empty answer is worth something only where it is known who gave it. */
function told({ say }: SignedInVisit, found: readonly Found[]): Html {
  const names = (ones: readonly Found[]): string => ones.map(({ title }) => say(...title)).join(', ');
  const looked = found.filter(({ rows }) => rows.ok);
  const closed = found.filter(({ rows }) => !rows.ok && rows.status === 403);
  const missing = found.filter(({ rows }) => !rows.ok && rows.status !== 403);
  return html`${missing.length > 0 && html`<div class="notice wait" role="status">${icon('clock')}<p>${
    say(`N’ont pas répondu : ${names(missing)}. Ce que vous cherchez peut y être : réessayez.`, `Did not answer: ${names(missing)}. What you look for may be there: try again.`)}</p></div>`}
<p class="small quiet">${looked.length > 0 ? say(`Cherché dans : ${names(looked)}.`, `Looked through: ${names(looked)}.`)
    : say('Aucune liste ouverte à vous ne se cherche ainsi.', 'No list that is open to you can be searched by this.')}${
    closed.length > 0 && html` ${say(`Fermé à votre rôle : ${names(closed)}.`, `Closed to your role: ${names(closed)}.`)}`}</p>`;
}
