// Services by commune, from the signed months: a map with its table beside. Communes of few people, those that would follow from the
// others, and all of a département of which some service is left out, are in no month: what is here is "at least".
import { table } from '../components.js';
import type { Month } from '../figures/figures.data.js';
import { amount, count, counted } from '../format.js';
import { html, type Html } from '../html.js';
import { pointMap, type Point } from '../point-map.js';
import type { Visit } from '../visit.js';
import type { Deserts } from './territory.data.js';

type Row = Readonly<{ commune: string; redemptions: number; amountCents: number; months: number }>;
/** `deserts` knows where places are today; null: it did not answer, and there is no map. */
type Known = Readonly<{ months: readonly Month[]; deserts: Deserts | null }>;
const ROWS_MAX = 40;

export function communesPart(visit: Visit, programmeId: string, { months, deserts }: Known): Html {
  const { say, language } = visit;
  const title = say('Services par commune', 'Services by commune');
  const rows = sumsOf(months.flatMap(({ communes }) => communes.filter((row) => row.programmeId === programmeId)));
  const hidden = months.flatMap(({ programmes }) => programmes.filter((one) => one.programmeId === programmeId))
    .reduce((sum, { hiddenCommunes }) => sum + hiddenCommunes, 0);
  const left = html`<p>${say(`${count(hidden, language)} fois, une commune n’est pas dite pour un mois : moins de onze personnes, ou un nombre qui se déduirait des autres. Ce qu’elle a reçu est inconnu, pas nul.`,
    `${counted(hidden, language, ['time', 'times'])}, a commune is not told of a month: fewer than eleven people, or a number that would follow from the others. What it had is unknown, not zero.`)}</p>`;
  if (rows.length === 0) return html`<section class="section"><h2>${title}</h2><p class="empty">${say('Aucune commune ne peut être dite dans les mois publiés.', 'No commune may be told in the published months.')}</p>${hidden > 0 && left}</section>`;
  return html`<section class="section"><h2>${title}</h2>
${deserts && pointMap(visit, say('Communes où des services ont été rendus', 'Communes where services were rendered'), rows.map((row) => pointOf(visit, row, deserts)))}
<p>${say('Au moins, par la commune du lieu :', 'At least, by the commune of the place:')}</p>${table(title, [
    { head: say('Commune', 'Commune'), cell: ({ commune }: Row) => commune },
    { head: say('Services', 'Services'), number: true, cell: ({ redemptions }) => count(redemptions, language) },
    { head: say('Montant', 'Amount'), number: true, cell: ({ amountCents }) => amount(amountCents, language) },
    { head: say('Mois dits', 'Months told'), number: true, cell: ({ months: told }) => count(told, language) },
  ], rows.slice(0, ROWS_MAX))}${rows.length > ROWS_MAX && html`<p>${say(`Les ${ROWS_MAX} premières sont montrées ; le fichier les a toutes.`, `The first ${ROWS_MAX} are shown; the file has all.`)}</p>`}${hidden > 0 && left}
<p><a href="/audit/open-data/tables/communes">${say('La table signée (CSV)', 'The signed table (CSV)')}</a>, <a href="/audit/open-data/schemas/communes">${say('ce que disent les colonnes', 'what the columns say')}</a></p></section>`;
}

function sumsOf(rows: readonly Omit<Row, 'months'>[]): readonly Row[] {
  const sums = new Map<string, Row>();
  for (const { commune, redemptions, amountCents } of rows) {
    const before = sums.get(commune) ?? { commune, redemptions: 0, amountCents: 0, months: 0 };
    sums.set(commune, {
      commune, redemptions: before.redemptions + redemptions, amountCents: before.amountCents + amountCents, months: before.months + 1,
    });
  }
  return [...sums.values()].sort((a, b) => b.redemptions - a.redemptions);
}

/** In the middle of the places of it that take vouchers today and have a position; without one it is counted below the map. */
function pointOf({ language, say }: Visit, { commune, redemptions }: Row, { places }: Deserts): Point {
  const known = places.filter((one) => one.commune === commune && one.latitude !== null && one.longitude !== null);
  const middle = (of: (place: Deserts['places'][number]) => number): number | null => (known.length === 0 ? null : known.reduce((sum, one) => sum + of(one), 0) / known.length);
  return {
    kind: 'place', label: `${commune} : ${count(redemptions, language)} ${say('services', 'services')}`,
    latitude: middle(({ latitude }) => latitude!), longitude: middle(({ longitude }) => longitude!),
  };
}
