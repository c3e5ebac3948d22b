// What happened to one thing, in words, oldest first; what is to come stands last, without a day or with the one expected.
import { moment, shortId } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { pill } from '../status.js';
import type { SignedInVisit } from '../visit.js';

export type TimelineEntry = Readonly<{ what: Piece; /** An instant. */ at?: string | null; who?: string | null; more?: Piece;
  isToCome?: true }>;

export function timeline(visit: SignedInVisit, entries: readonly (TimelineEntry | false | null)[]): Html {
  const { say, language } = visit;
  const shown = entries.filter((entry) => entry !== false && entry !== null);
  return html`<section class="section"><h2>${say('Ce qui s’est passé, du plus ancien au plus récent', 'What happened, the oldest first')}</h2><ol class="lines timeline">${
    shown.map(({ what, at, who, more, isToCome }) => html`<li><span class="what"><b>${what}</b>${at && html`${moment(at, language)} `}${who && html`${say('par', 'by')} ${person(who)}`}${
      more && html`<span class="more-words">${more}</span>`}</span>${isToCome && pill('wait', say('À venir', 'To come'))}</li>`)}</ol></section>`;
}

/** Services know people by their id alone. */
export const person = (userId: string): Html => html`<code title="${userId}">${shortId(userId)}</code>`;

export type Fact = readonly [name: string, value: Piece];
/** Facts of one thing, a line each; what is not there is left out. */
export const facts = (listed: readonly (Fact | false | null)[]): Html => html`<dl class="lines">${
  listed.filter((one) => one !== false && one !== null).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
