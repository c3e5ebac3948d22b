// What the public page of a territory and that of payers and the operator have in common: where no place is, on a map and as a table.
import { headline, table } from '../components.js';
import { count, counted, day, kilometres } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { pointMap, type Point } from '../point-map.js';
import type { Visit } from '../visit.js';
import { isMissing, LEFT_PERCENT_MIN, type Missing } from './missing.js';
import type { Commune, Deserts, Reasons } from './territory.data.js';

type Words = readonly [french: string, english: string];
const STATES: Readonly<Record<Commune['state'], Words>> = {
  served: ['un lieu y est', 'has a place'], neighbour: ['voisine', 'neighbour'], far: ['loin', 'far'], unknown: ['inconnu', 'unknown'],
};
/** A page is read on a phone: the rest is in the file. */
const ROWS_MAX = 40;

export const desertsAnswer = ({ say, language }: Visit, { communes, farKm, on }: Deserts): Html => headline(
  counted(communes.far, language, [say('commune loin de tout lieu', 'commune far from every place'), say('communes loin de tout lieu', 'communes far from every place')]),
  say(`Le lieu agréé le plus proche est à plus de ${farKm} km, à vol d’oiseau, le ${day(on, language)}. ${count(communes.neighbour, language)} autres n’ont pas de lieu mais un voisin plus près ; ${count(communes.served, language)} en ont un ; pour ${count(communes.unknown, language)}, la distance est inconnue.`,
    `The nearest accredited place is more than ${farKm} km away as the crow flies, on ${day(on, language)}. ${count(communes.neighbour, language)} more have no place but a nearer neighbour; ${count(communes.served, language)} have one; of ${count(communes.unknown, language)} the distance is unknown.`));

export function desertsPart(visit: Visit, deserts: Deserts): Html {
  const { say, language } = visit;
  const { items, places, imports, programmeId, placesWithoutCommune } = deserts;
  const title = say('Où les lieux manquent', 'Where places are missing');
  const shown = items.slice(0, ROWS_MAX);
  const points: Point[] = [
    ...items.filter(({ state }) => state === 'far' || state === 'neighbour').map(({ name, code, latitude, longitude, state }): Point => (
      { latitude, longitude, label: name ?? code, kind: state === 'far' ? 'far' : 'neighbour' })),
    ...places.map(({ name, latitude, longitude }): Point => ({ latitude, longitude, label: name, kind: 'place' })),
  ];
  return html`<section class="section"><h2>${title}</h2>
${pointMap(visit, say('Pleins : lieux qui prennent les chèques. Cercles : communes sans lieu, en gras celles qui en sont loin', 'Filled: places that take vouchers. Circles: communes without one, bold where it is far'), points)}
${shown.length === 0 ? html`<p class="empty">${say('Aucune commune connue n’est sans lieu.', 'No known commune is without a place.')}</p>` : table(title, [
    { head: say('Commune', 'Commune'), cell: ({ name, code }: Commune) => (name ? html`${name} <small>${code}</small>` : code) },
    { head: say('Lieu agréé le plus proche', 'Nearest accredited place'), cell: ({ nearest }) => nearest?.name ?? say('inconnu', 'unknown') },
    { head: say('Distance', 'Distance'), number: true, cell: ({ nearest }) => (nearest ? kilometres(nearest.km, language) : '–') },
    { head: say('Lieux de l’annuaire', 'Places of the directory'), number: true, cell: ({ listedPlaces }) => count(listedPlaces, language) },
    { head: say('État', 'State'), cell: ({ state }) => say(...STATES[state]) },
  ], shown)}
<p>${items.length > shown.length && `${say(`Les ${ROWS_MAX} plus loin sont montrées.`, `The furthest ${ROWS_MAX} are shown.`)} `}<a href="/redemption/deserts.csv?programmeId=${programmeId}">${say('Toutes les communes (CSV)', 'All communes (CSV)')}</a>, <a href="/redemption/deserts-schema">${say('ce que disent les colonnes', 'what the columns say')}</a></p>
<p class="small quiet">${say('Communes que le territoire du programme nomme, ou dans lesquelles l’annuaire connaît un lieu ; une commune que ni l’un ni l’autre ne nomme n’est pas comptée.',
    'Communes that the programme’s territory names, or in which the directory has a place; one that neither names is not counted.')} ${say(`Lieux de l’annuaire dont la commune est inconnue : ${count(placesWithoutCommune, language)}.`, `Places of the directory of unknown commune: ${count(placesWithoutCommune, language)}.`)} ${say('Annuaire importé :', 'Directory imported:')} ${
    imports.length === 0 ? say('aucun fichier', 'no file') : imports.map(({ importId, places: from }, at) => html`${at > 0 && ', '}<code>${importId}</code> (${count(from, language)})`)}</p></section>`;
}

const PARTIES: Readonly<Record<Reasons['items'][number]['thirdParty'], Words>> = {
  state: ['État', 'State'], employer: ['Employeurs', 'Employers'], family_fund: ['Caisse d’allocations familiales', 'Family fund'],
  pension_fund: ['Caisse de retraite', 'Pension fund'], hospital: ['Hôpital', 'Hospital'], bank: ['Banques', 'Banks'],
  energy_supplier: ['Fournisseurs d’énergie', 'Energy suppliers'], foundation: ['Fondations', 'Foundations'],
};

export function missingPart(visit: Visit, missing: Missing, { items }: Reasons): Html {
  const { say, language } = visit;
  const { farCommunes, idleCommunes, leftPercent } = missing;
  const unknown = say('inconnu', 'unknown');
  const facts: readonly (readonly [what: 'places' | 'vouchers' | 'payers', name: string, fact: Piece])[] = [
    ['places', say('Lieux', 'Places'), counted(farCommunes, language, [say('commune loin de tout lieu', 'commune far from every place'), say('communes loin de tout lieu', 'communes far from every place')])],
    ['vouchers', say('Chèques', 'Vouchers'), idleCommunes ? counted(idleCommunes.length, language, [say('commune avec un lieu et aucun service rendu dans la période', 'commune with a place and no service in the period'),
      say('communes avec un lieu et aucun service rendu dans la période', 'communes with a place and no service in the period')])
      + (idleCommunes.length > 0 ? ` (${idleCommunes.slice(0, 10).join(', ')}${idleCommunes.length > 10 ? '…' : ''})` : '') : unknown],
    ['payers', say('Financeurs', 'Payers'), leftPercent === null ? unknown : say(`il reste ${leftPercent} % de ce qui a été activé ; sous ${LEFT_PERCENT_MIN} %, il en manque`, `${leftPercent}% of what was activated is left; below ${LEFT_PERCENT_MIN}%, they are missing`)],
  ];
  const wanted = facts.filter(([what]) => isMissing(missing, what));
  return html`<section class="section"><h2>${say('Ce qui manque, et qui y gagnerait', 'What is missing, and who would gain')}</h2>
<ul class="lines">${facts.map(([what, name, fact]) => html`<li><span class="what"><b>${name}</b>${fact}</span>${isMissing(missing, what) && html`<b>${say('manquent', 'missing')}</b>`}</li>`)}</ul>
${wanted.map(([what, name]) => html`<h3>${name}</h3><ul>${items.filter(({ where }) => where.includes(what)).map(({ thirdParty, reason, basis, source, sourceYear }) =>
    html`<li><b>${say(...PARTIES[thirdParty])}</b> – ${reason[language]} <small>${basis === 'ours' && say('Notre déduction, d’après : ', 'Our conclusion, from: ')}${source} (${sourceYear})</small></li>`)}</ul>`)}
<p class="small quiet">${say('Des raisons déclarées et leurs sources ; aucun chiffre n’en est tiré.', 'Declared reasons with their sources; no figure is made of them.')}</p></section>`;
}
