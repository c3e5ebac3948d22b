// Where a figure is from: the impact with the version of each coefficient, and the events that a month counts, for whoever makes it again.
import { missingPart, table } from '../components.js';
import { count, moment, shortId } from '../format.js';
import { html, type Html } from '../html.js';
import { coefficientText, measureText, rangeText, UNKNOWN } from '../impact/impact-words.js';
import type { Read } from '../services.js';
import type { Visit } from '../visit.js';
import type { Checkpoint, Month, ProgrammeMonth } from './figures.data.js';

type ImpactRow = ProgrammeMonth['impact'][number];

/** Of the newest month that tells of the programme; left out where it is of the first format. */
export function impactPart(visit: Visit, programmeId: string, months: readonly Month[]): Html | null {
  const { say } = visit;
  const month = months.find(({ programmes }) => programmes.some((one) => one.programmeId === programmeId));
  const rows = month?.programmes.find((one) => one.programmeId === programmeId)?.impact ?? [];
  if (!month || rows.length === 0) return null;
  const title = say(`Ce que cela a permis en ${month.month}`, `What it came to in ${month.month}`);
  return html`<section class="section"><h2>${title}</h2>
<p class="quiet">${say('Quatre regards sur les mêmes services : ils ne s’additionnent pas.', 'Four sides of the same services: they do not add up.')}</p>${table(title, [
    { head: say('Mesure', 'Measure'), cell: ({ measure }: ImpactRow) => measureText(visit, measure) },
    { head: say('Estimation', 'Estimate'), cell: ({ measure, estimate, unknown }) => (estimate ? rangeText(visit, measure, estimate) : say(...(UNKNOWN[unknown ?? ''] ?? ['Inconnu', 'Unknown']))) },
    { head: say('Coefficient', 'Coefficient'), cell: ({ coefficient }) => (coefficient ? coefficientText(visit, coefficient, usedIn(month, coefficient)) : '–') },
  ], rows)}<p><a href="/audit/impact-coefficients">${say('Toutes les versions des coefficients', 'All versions of the coefficients')}</a></p></section>`;
}

const usedIn = ({ coefficients }: Month, { code, version }: NonNullable<ImpactRow['coefficient']>): Month['coefficients'][number] | undefined =>
  coefficients.find((one) => one.code === code && one.version === version);

export function checkPart(visit: Visit, months: readonly Month[], checkpoint: Read<Checkpoint>): Html {
  const { say } = visit;
  const title = say('Vérifier', 'Check it');
  return html`<section class="section"><h2>${title}</h2>
<p>${say('Tous les événements de la plateforme sont scellés dans un journal que personne ne peut réécrire sans que cela se voie.',
    'Every event of the platform is sealed in a log that nobody can rewrite without its being seen.')}</p>
${checkpoint.ok ? checkpointLine(visit, checkpoint.value) : missingPart(say, title, checkpoint)}${countedLines(visit, months)}</section>`;
}

const checkpointLine = ({ say, language }: Visit, { size, root, time }: Checkpoint): Html => html`<ul class="lines"><li><span class="what"><b>${
  say('Dernier point signé', 'Last signed checkpoint')}</b>${moment(time, language)}, ${count(size, language)} ${say('événements', 'events')}, <code title="${root}">${shortId(root)}</code></span></li></ul>`;

function countedLines({ say, language }: Visit, months: readonly Month[]): Html | null {
  const telling = months.filter(({ counted }) => counted !== undefined);
  if (telling.length === 0) return null;
  return html`<p>${say('Chaque mois nomme les événements qu’il compte : les premiers du journal, jusqu’à ce nombre. Qui a l’export d’un auditeur refait chaque chiffre avec eux et les mêmes coefficients.',
    'Each month names the events that it counts: the first of the log, up to this number. Whoever has an auditor’s export makes each figure again from them and the same coefficients.')}</p>
<ul class="lines">${telling.map(({ month, counted }) => html`<li><span class="what"><b><a href="/audit/open-data/months/${month}">${month}, ${say('tel que signé', 'as it was signed')}</a></b>${
    count(counted!.leaves, language)} ${say('événements comptés', 'events counted')}</span></li>`)}</ul>`;
}
