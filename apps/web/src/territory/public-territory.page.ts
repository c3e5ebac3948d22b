// A territory for everybody: where places are missing, and what the signed months say by département. Groups of fewer than eleven people
// are in no released month, so that they are not here; what they would add is unknown.
import { missingPart as serviceAway, part, table } from '../components.js';
import { amount, count } from '../format.js';
import { monthsOf, shownProgramme, type Month, type Release } from '../figures/figures.data.js';
import { html, type Html } from '../html.js';
import { publicPage } from '../layout.js';
import type { Read } from '../services.js';
import type { Visit } from '../visit.js';
import { missingIn } from './missing.js';
import type { Deserts, Reasons } from './territory.data.js';
import { communesPart } from './public-communes.js';
import { desertsAnswer, desertsPart, missingPart } from './territory-parts.js';
import { zonesPart } from './zones-part.js';

export type PublicTerritory = Readonly<{
  deserts: Read<Deserts>; releases: Read<Readonly<{ items: readonly Release[] }>>; reasons: Read<Reasons>;
}>;

export function publicTerritoryPage(visit: Visit, programmeId: string, { deserts, releases, reasons }: PublicTerritory): Html {
  const { say } = visit;
  const title = say('Où les services sont rendus, et où ils manquent', 'Where services are rendered, and where they are missing');
  const services = say('Services par département', 'Services by département');
  return publicPage(visit, title, html`<h1>${title}</h1>
${deserts.ok ? html`${desertsAnswer(visit, deserts.value)}${desertsPart(visit, deserts.value)}${zonesPart(visit, deserts.value)}` : serviceAway(say, title, deserts)}
<section class="section"><h2>${services}</h2>${part(releases, say, services, ({ items }) => byDepartement(visit, programmeId, monthsOf(items)))}</section>
${releases.ok && communesPart(visit, programmeId, { months: monthsOf(releases.value.items), deserts: deserts.ok ? deserts.value : null })}
${deserts.ok && part(reasons, say, say('Qui y gagnerait', 'Who would gain'), (value) => missingPart(visit, missingIn(deserts.value, null), value))}`);
}

type Row = Readonly<{ departement: string | null; redemptions: number; amountCents: number }>;

function byDepartement(visit: Visit, programmeId: string, months: readonly Month[]): Html {
  const { say, language } = visit;
  const told = months.filter(({ programmes }) => programmes.some((one) => one.programmeId === programmeId));
  const rows = sumsOf(told.flatMap(({ services }) => services.filter((row) => row.programmeId === programmeId)));
  const hidden = told.flatMap(({ programmes }) => programmes.filter((one) => one.programmeId === programmeId))
    .reduce((sum, { hiddenGroups }) => sum + hiddenGroups, 0);
  if (rows.length === 0) return html`<p class="empty">${say('Aucun groupe de onze personnes dans les mois publiés.', 'No group of eleven people in the published months.')}</p>`;
  return html`<p>${say(`Mois publiés de ${told.at(-1)!.month} à ${told[0]!.month}. Au moins :`, `Published months from ${told.at(-1)!.month} to ${told[0]!.month}. At least:`)}</p>${table(say('Services par département', 'Services by département'), [
    { head: say('Département', 'Département'), cell: ({ departement }: Row) => departement ?? say('inconnu', 'unknown') },
    { head: say('Services', 'Services'), number: true, cell: ({ redemptions }) => count(redemptions, language) },
    { head: say('Montant', 'Amount'), number: true, cell: ({ amountCents }) => amount(amountCents, language) },
  ], rows)}
<p>${say(`${count(hidden, language)} groupes de moins de onze personnes ne sont pas montrés.`, `${count(hidden, language)} groups of fewer than eleven people are not shown.`)}
<a href="/audit/open-data/tables/services">${say('La table signée (CSV)', 'The signed table (CSV)')}</a>, <a href="/audit/open-data/schemas/services">${say('ce que disent les colonnes', 'what the columns say')}</a>, <a href="/figures/${shownProgramme(programmeId)}">${say('tous les chiffres du programme', 'all figures of the programme')}</a></p>`;
}

function sumsOf(rows: readonly Row[]): readonly Row[] {
  const sums = new Map<string | null, Row>();
  for (const { departement, redemptions, amountCents } of rows) {
    const before = sums.get(departement) ?? { departement, redemptions: 0, amountCents: 0 };
    sums.set(departement, { departement, redemptions: before.redemptions + redemptions, amountCents: before.amountCents + amountCents });
  }
  return [...sums.values()].sort((a, b) => b.redemptions - a.redemptions);
}
