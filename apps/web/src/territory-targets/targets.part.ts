// Targets of a year as a table: on their own page, and on the territory's.
import { table } from '../components.js';
import { count, day, shortId } from '../format.js';
import { html, type Html } from '../html.js';
import type { Words } from '../lists/list.js';
import type { SignedInVisit } from '../visit.js';
import type { Kind, Target } from './targets.data.js';

export const KIND_NAMES: Readonly<Record<Kind, Words>> = { commune: ['commune', 'commune'], epci: ['EPCI', 'EPCI'], departement: ['département', 'département'] };

export function targetsPart({ say, language }: SignedInVisit, year: string, items: readonly Target[]): Html {
  const title = say(`Objectifs de ${year}`, `Targets of ${year}`);
  if (items.length === 0) return html`<section class="section"><h2>${title}</h2><p class="empty">${say('Aucun objectif n’est fixé pour cette année.', 'No target is set for this year.')}</p></section>`;
  return html`<section class="section"><h2>${title}</h2>${table(title, [
    { head: say('Territoire', 'Territory'), cell: ({ kind, code }: Target) => `${say(...KIND_NAMES[kind])} ${code}` },
    { head: say('Services visés', 'Services aimed at'), number: true, cell: ({ redemptions }) => count(redemptions, language) },
    { head: say('Rendus, au moins', 'Rendered, at least'), number: true, cell: ({ reached }) => (reached === null ? say('inconnu', 'unknown') : count(reached, language)) },
    { head: say('Pourquoi', 'Why'), cell: ({ reason }) => reason },
    { head: say('Fixé par', 'Set by'), cell: ({ setBy, setAt, version }) => html`${setBy === null ? say('l’opérateur', 'the operator') : html`<code title="${setBy}">${shortId(setBy)}</code>`}
<div class="small quiet">${day(setAt.slice(0, 10), language)} · ${say('version', 'version')} ${version}</div>` },
  ], items)}</section>`;
}
