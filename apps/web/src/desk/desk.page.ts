// The auditor's desk: what may be looked at and until when, what was drawn, what was found, and where to look further.
import { uuidv7 } from 'uuidv7';
import { headline, part, table } from '../components.js';
import { count, day, moment, shortId } from '../format.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import type { Read } from '../services.js';
import { pill } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import type { Finding, Mandate, Sample } from './desk.data.js';
import { choices, populationName, refusedNotice, stratumName } from './desk-words.js';
import { findingTable, raiseForm } from './finding.page.js';

export type Desk = Readonly<{
  mandates: Read<readonly Mandate[]>; samples: Read<readonly Sample[]>; findings: Read<readonly Finding[]>; refused?: string | undefined;
}>;

export function deskPage(visit: SignedInVisit, { mandates, samples, findings, refused }: Desk): Html {
  const { say } = visit;
  return signedInPage(visit, say('Bureau de contrôle', 'Auditor’s desk'), html`<h1>${say('Bureau de contrôle', 'Auditor’s desk')}</h1>
${refusedNotice(refused, say)}
${part(mandates, say, say('Mandats', 'Mandates'), (found) => mandatePart(visit, found))}
<section class="section"><h2>${say('Échantillons', 'Samples')}</h2>${part(samples, say, say('Échantillons', 'Samples'), (found) => sampleTable(visit, found))}
${drawForm(visit)}</section>
<section class="section"><h2>${say('Constats', 'Findings')}</h2>${part(findings, say, say('Constats', 'Findings'), (found) => findingTable(visit, found))}
${raiseForm(visit)}</section>
<section class="section"><h2>${say('Regarder plus loin', 'Look further')}</h2><ul class="lines">
<li><a href="/home">${say('Événements et numéros manquants', 'Events and missing numbers')}</a></li>
<li><a href="/desk/rights">${say('Qui avait quels droits, un jour donné', 'Who had which rights on a day')}</a></li>
<li><a href="/desk/rules">${say('Quelles règles valaient, un jour donné', 'Which rules were in force on a day')}</a></li>
<li><a href="/coverage">${say('L’argent est-il là ?', 'Is the money there?')}</a></li>
<li><a href="/runs">${say('Remboursements', 'Reimbursements')}</a></li></ul></section>`);
}

function mandatePart({ say, language }: SignedInVisit, mandates: readonly Mandate[]): Html {
  const given = mandates.filter(({ state }) => state === 'given');
  const last = given.map(({ until }) => until).sort().at(-1);
  const scope = ({ programmeIds, payerIds }: Mandate) => (programmeIds.length + payerIds.length === 0 ? say('Tout', 'Everything')
    : html`${[...programmeIds, ...payerIds].map((id) => html`<code title="${id}">${shortId(id)}</code> `)}`);
  return html`${last ? headline(say('Vous avez un mandat', 'You have a mandate'), html`${say('jusqu’au', 'until')} ${day(last, language)}. ${
    say('Chaque lecture est notée ; l’opérateur peut lire ce journal.', 'Every reading is written down; the operator may read that list.')}`)
    : headline(say('Aucun mandat', 'No mandate'), say('L’opérateur, ou un financeur, doit vous en donner un.', 'The operator, or a payer, has to give you one.'))}
${mandates.length > 0 && table(say('Mandats', 'Mandates'), [
    { head: say('Objet', 'Purpose'), cell: ({ purpose }: Mandate) => purpose },
    { head: say('État', 'State'), cell: ({ state }) => (state === 'given' ? pill('ok', say('Donné', 'Given')) : state === 'proposed' ? pill('wait', say('Proposé', 'Proposed')) : pill('mute', say('Fini', 'Ended'))) },
    { head: say('Du', 'From'), cell: ({ from }) => day(from, language) }, { head: say('Au', 'Until'), cell: ({ until }) => day(until, language) },
    { head: say('Pour', 'For'), cell: scope },
  ], mandates)}`;
}

function sampleTable({ say, language }: SignedInVisit, samples: readonly Sample[]): Html {
  if (samples.length === 0) return html`<p class="empty">${say('Rien n’est tiré encore.', 'Nothing is drawn yet.')}</p>`;
  return table(say('Échantillons', 'Samples'), [
    { head: say('Titre', 'Title'), cell: ({ sampleId, title }: Sample) => html`<a href="/desk/samples/${sampleId}">${title}</a>` },
    { head: say('De', 'Of'), cell: ({ population, stratum }) => `${populationName(population, say)}, ${stratumName(stratum, say)}` },
    { head: say('Taille', 'Size'), number: true, cell: ({ size }) => count(size, language) },
    { head: say('À voir', 'Open'), number: true, cell: ({ progress }) => count(progress.open, language) },
    { head: say('Pas juste', 'Not right'), number: true, cell: ({ progress }) => count(progress.notOk, language) },
    { head: say('Tiré le', 'Drawn'), cell: ({ drawnAt }) => moment(drawnAt, language) },
  ], samples);
}

/** The key is drawn with the form: sending it twice draws once. */
const drawForm = ({ say }: SignedInVisit): Html => html`<details class="section"><summary>${say('Tirer un échantillon', 'Draw a sample')}</summary>
<form method="post" action="/desk/samples"><input type="hidden" name="key" value="${uuidv7()}">
<div class="field"><label for="title">${say('Titre', 'Title')}</label><input id="title" name="title" required maxlength="200"></div>
<div class="field"><label for="population">${say('Population', 'Population')}</label><select id="population" name="population">${choices('populations', say)}</select></div>
<div class="field"><label for="stratum">${say('Strates', 'Strata')}</label><select id="stratum" name="stratum">${choices('strata', say)}</select></div>
<div class="field"><label for="bands">${say('Tranches : où commence chacune après la première, en euros', 'Bands: where each after the first begins, in euros')}</label>
<p class="hint" id="bands-hint">${say('Comme 10 ; 50 ; 100. Seulement pour les tranches de montant.', 'Such as 10; 50; 100. For bands of amounts only.')}</p><input id="bands" name="bands" maxlength="200" aria-describedby="bands-hint"></div>
<div class="field"><label for="size">${say('Taille', 'Size')}</label><input id="size" name="size" type="number" min="1" max="500" value="25" required></div>
<div class="field"><label for="from">${say('Du (facultatif)', 'From (optional)')}</label><input id="from" name="from" type="date"></div>
<div class="field"><label for="until">${say('Au (facultatif)', 'Until (optional)')}</label><input id="until" name="until" type="date"></div>
<div class="field"><label for="seed">${say('Graine (laissez vide pour en tirer une)', 'Seed (leave empty to have one drawn)')}</label><input id="seed" name="seed" maxlength="64" pattern="[A-Za-z0-9_\\-]*"></div>
<p class="field"><button class="button filled">${say('Tirer l’échantillon', 'Draw the sample')}</button></p></form></details>`;
