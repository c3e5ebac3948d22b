// A territory, for those who pay and those who run the platform: where places, vouchers and payers are missing, what services came to by
// area, and which places reach what lets one stay open.
import { headline, part, section, table } from '../components.js';
import { amount, amountText, count, counted } from '../format.js';
import { html, type Html } from '../html.js';
import type { Programme } from '../impact/impact.data.js';
import { signedInPage } from '../layout.js';
import type { Words } from '../lists/list.js';
import type { Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import { targetsPart } from '../territory-targets/targets.part.js';
import { missingIn } from './missing.js';
import type { Area, Areas, Asked, Earnings, Territory } from './territory.data.js';
import { desertsAnswer, desertsPart, missingPart } from './territory-parts.js';
import { zonesPart } from './zones-part.js';

const KINDS: readonly (readonly [kind: Area['kind'], title: Words, head: Words])[] = [
  ['departement', ['Services par département', 'Services by département'], ['Département', 'Département']],
  ['epci', ['Services par EPCI', 'Services by EPCI'], ['EPCI', 'EPCI']],
  ['commune', ['Services par commune', 'Services by commune'], ['Commune', 'Commune']],
];
const ROWS_MAX = 40;

export function territoryPage(visit: SignedInVisit, programmes: Read<readonly Programme[]>, asked: Asked, read: Territory | null): Html {
  const { say } = visit;
  const title = say('Territoire', 'Territory');
  return signedInPage(visit, title, html`<h1>${title}</h1>
${read?.deserts.ok && desertsAnswer(visit, read.deserts.value)}
${part(programmes, say, say('Programmes', 'Programmes'), (list) => (list.length === 0
    ? html`<p class="empty">${say('Ici se lira où vos chèques servent, une fois un programme ouvert.', 'Here you will read where your vouchers are of use, once a programme is open.')}</p>` : choice(visit, list, asked)))}
${read && shown(visit, asked, read)}`);
}

function shown(visit: SignedInVisit, asked: Asked, { deserts, areas, earnings, targets, reasons, zones }: Territory): Html {
  const { say } = visit;
  return html`${part(deserts, say, say('Où les lieux manquent', 'Where places are missing'), (value) => desertsPart(visit, value))}
${deserts.ok && zonesPart(visit, deserts.value, { areas: areas.ok ? areas.value : null, earnings: earnings.ok ? earnings.value : null, zones: zones?.ok ? zones.value : null })}
${deserts.ok && part(reasons, say, say('Qui y gagnerait', 'Who would gain'), (value) => missingPart(visit, missingIn(deserts.value, areas.ok ? areas.value : null), value))}
${areas.ok ? areasParts(visit, asked, areas.value) : section(areas, say, say('Services par commune', 'Services by commune'), () => html``)}
${targets.ok && targets.value.items.length > 0 && targetsPart(visit, asked.to.slice(0, 4), targets.value.items)}
<p><a href="/territory/targets?${new URLSearchParams({ programmeId: asked.programmeId, year: asked.to.slice(0, 4) }).toString()}">${say('Les objectifs, qui les a fixés et pourquoi', 'Targets, who set them and why')}</a></p>
${section(earnings, say, say('Ce que les lieux encaissent dans l’année', 'What places take in within the year'), (value) => earningsPart(visit, value))}
<p><a href="/territories/${asked.programmeId}">${say('La page publique de ce territoire', 'The public page of this territory')}</a></p>`;
}

function choice({ say }: SignedInVisit, programmes: readonly Programme[], { programmeId, from, to }: Asked): Html {
  return html`<form method="get" action="/territory" class="section"><div class="said">
<div class="field"><label for="programmeId">${say('Programme', 'Programme')}</label><select id="programmeId" name="programmeId">${programmes.map((one) =>
    html`<option value="${one.programmeId}" ${one.programmeId === programmeId && html`selected`}>${one.name}</option>`)}</select></div>
<div class="field"><label for="from">${say('Premier mois', 'First month')}</label><input id="from" name="from" type="month" value="${from}"></div>
<div class="field"><label for="to">${say('Dernier mois', 'Last month')}</label><input id="to" name="to" type="month" value="${to}"></div></div>
<p class="field"><button class="button">${say('Afficher', 'Show')}</button></p></form>`;
}

function areasParts(visit: SignedInVisit, { programmeId, from, to }: Asked, { areas, readTo }: Areas): Html {
  const { say, language } = visit;
  return html`${KINDS.map(([kind, title, head]) => {
    const rows = areas.filter((area) => area.kind === kind).sort((a, b) => b.redemptions - a.redemptions);
    return html`<section class="section"><h2>${say(...title)}</h2>${rows.length === 0 ? html`<p class="empty">${say('Aucun service dans ces mois.', 'No service in these months.')}</p>` : table(say(...title), [
      { head: say(...head), cell: ({ code }: Area) => code ?? say('inconnu', 'unknown') },
      { head: say('Services', 'Services'), number: true, cell: ({ redemptions }) => count(redemptions, language) },
      { head: say('Personnes, au moins', 'People, at least'), number: true, cell: ({ people }) => count(people, language) },
      { head: say('Lieux', 'Places'), number: true, cell: ({ places }) => count(places, language) },
      { head: say('Montant', 'Amount'), number: true, cell: ({ redeemedCents }) => amount(redeemedCents, language) },
    ], rows.slice(0, ROWS_MAX))}${rows.length > ROWS_MAX && html`<p>${say(`Les ${ROWS_MAX} premières sont montrées ; le fichier les a toutes.`, `The first ${ROWS_MAX} are shown; the file has all.`)}</p>`}</section>`;
  })}
<p><a href="/territory/areas.csv?${new URLSearchParams({ programmeId, from, to }).toString()}">${say('Ces tableaux (CSV)', 'These tables (CSV)')}</a>, <a href="/audit/territory-schemas/areas">${say('ce que disent les colonnes', 'what the columns say')}</a>.
${say(`Comptés sur les événements de redemption jusqu’au numéro ${readTo}.`, `Counted on the events of redemption up to number ${readTo}.`)}</p>`;
}

const BAND_NAMES: Readonly<Record<'below' | 'within' | 'above', Words>> = {
  below: ['au-dessous', 'below'], within: ['dans la fourchette', 'within'], above: ['au-dessus', 'above'],
};

function earningsPart(visit: SignedInVisit, { year, isOver, range, bands, places, readTo }: Earnings): Html {
  const { say, language } = visit;
  if (!range || !bands) return html`<p class="empty">${say('Inconnu : aucune fourchette n’est publiée.', 'Unknown: no range is published.')}</p>`;
  const reaching = bands.within + bands.above;
  const all = reaching + bands.below;
  return html`${headline(say(`${counted(reaching, language, ['lieu', 'lieux'])} sur ${count(all, language)}`, `${count(reaching, language)} of ${count(all, language)} places`),
    say(`atteignent ${amountText(range.low, language)} en ${year}, tous programmes confondus${isOver ? '' : ' ; l’année n’est pas finie'}.`, `reach ${amountText(range.low, language)} in ${year}, through all programmes${isOver ? '' : '; the year is not over'}.`))}
<p class="small quiet">${say('De', 'From')} ${amountText(range.low, language)} ${say('à', 'to')} ${amountText(range.high, language)} : ${range.source} (${range.sourceYear}, ${say('version', 'version')} ${range.version}).
${say('Une cible d’un système antérieur, pas un seuil : chacun peut en publier une autre version.', 'A target of an earlier system, not a threshold: another version may be published.')}</p>
${places && places.length > 0 && html`${table(say('Lieux', 'Places'), [
    { head: say('Lieu', 'Place'), cell: ({ name, placeId }: NonNullable<Earnings['places']>[number]) => name ?? placeId },
    { head: say('Commune', 'Commune'), cell: ({ commune }) => commune ?? say('inconnue', 'unknown') },
    { head: say('Services', 'Services'), number: true, cell: ({ redemptions }) => count(redemptions, language) },
    { head: say('Encaissé', 'Taken in'), number: true, cell: ({ takenCents }) => amount(takenCents, language) },
    { head: say('Fourchette', 'Range'), cell: ({ band }) => (band ? say(...BAND_NAMES[band]) : '–') },
    { head: say('Situé par', 'Located by'), cell: ({ locatedBy }) => (locatedBy ? html`<code>${locatedBy}</code>` : say('inconnu', 'unknown')) },
  ], places.slice(0, ROWS_MAX))}<p>${counted(places.length, language, [say('lieu', 'place'), say('lieux', 'places')])} : <a href="/territory/places.csv?year=${year}">CSV</a>, <a href="/audit/territory-schemas/places">${say('ce que disent les colonnes', 'what the columns say')}</a>. ${
    say(`Événements de redemption jusqu’au numéro ${readTo}.`, `Events of redemption up to number ${readTo}.`)}</p>`}`;
}
