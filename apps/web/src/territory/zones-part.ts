// The territory by rural and urban communes, and by communes with a priority quarter. Where only the commune is known, only the commune is
// said: of no place and of nobody in it this page says that it is in a quarter. What no list names is unknown, never "none".
import { table } from '../components.js';
import { count, day } from '../format.js';
import { html, type Html } from '../html.js';
import type { Visit } from '../visit.js';
import type { Areas, CommuneZones, Deserts, Earnings, Zone } from './territory.data.js';

type Words = readonly [french: string, english: string];
const ZONE_NAMES: Readonly<Record<Zone, Words>> = {
  rural: ['Communes rurales (classes 5 à 7)', 'Rural communes (classes 5 to 7)'], urban: ['Communes urbaines (classes 1 à 4)', 'Urban communes (classes 1 to 4)'],
  unknown_density: ['Densité inconnue', 'Unknown density'], with_quarter: ['Communes avec un quartier prioritaire', 'Communes with a priority quarter'],
  unknown_quarter: ['Quartier prioritaire inconnu', 'Priority quarter unknown'],
};
/** What signed-in people see beside; null: not theirs to see, or not answered. */
export type Reach = Readonly<{ areas: Areas | null; earnings: Earnings | null; zones: CommuneZones | null }>;
type Row = Deserts['zones'][number] & Readonly<{ services: number | null; reaching: string | null }>;
/** Where nobody knows the commune. */
const UNKNOWN: readonly Zone[] = ['unknown_density', 'unknown_quarter'];

export function zonesPart(visit: Visit, { zones, zoneLists }: Deserts, reach: Reach | null = null): Html {
  const { say, language } = visit;
  const title = say('Rural, urbain, quartiers prioritaires', 'Rural, urban, priority quarters');
  if (zoneLists.length === 0) return html`<section class="section"><h2>${title}</h2><p class="empty">${say('Inconnu : aucune liste officielle n’est importée.', 'Unknown: no official list is imported.')}</p></section>`;
  const rows = zones.map((row): Row => ({ ...row, ...(reach ? reachOf(row.zone, reach, visit) : { services: null, reaching: null }) }));
  const unknown = say('inconnu', 'unknown');
  const states = (['served', 'neighbour', 'far', 'unknown'] as const).map((state, at) => ({
    head: [say('Avec un lieu', 'With a place'), say('Voisines', 'Near one'), say('Loin', 'Far'), say('Inconnues', 'Unknown')][at]!, number: true as const,
    cell: ({ communes }: Row) => count(communes[state], language),
  }));
  return html`<section class="section"><h2>${title}</h2>${table(title, [
    { head: say('Communes', 'Communes'), cell: ({ zone }: Row) => say(...ZONE_NAMES[zone]) }, ...states,
    ...(reach ? [
      { head: say('Services', 'Services'), number: true as const, cell: ({ services }: Row) => (services === null ? unknown : count(services, language)) },
      { head: say('Lieux dans la fourchette', 'Places that reach the range'), number: true as const, cell: ({ reaching }: Row) => reaching ?? unknown },
    ] : []),
  ], rows)}
<p class="small quiet">${say('Une commune est comptée par sa densité et par ses quartiers. D’un lieu ou d’une personne dans une commune avec un quartier prioritaire, personne ne sait s’ils y sont ; une commune que la liste ne nomme pas est inconnue, pas sans quartier.',
    'A commune is counted by its density and by its quarters. Of a place or person in a commune with a priority quarter nobody knows whether they are in it; a commune that the list does not name is unknown, not without one.')}
${zoneLists.map(({ list, importId, rows: from, since }) => html`${list === 'density' ? say('Grille de densité', 'Density grid') : say('Quartiers prioritaires', 'Priority quarters')} : <code>${importId}</code>, ${
    count(from, language)} ${say('lignes', 'rows')}, ${day(since.slice(0, 10), language)}. `)}</p></section>`;
}

function reachOf(zone: Zone, { areas, earnings, zones }: Reach, { language }: Visit): Pick<Row, 'services' | 'reaching'> {
  if (!zones) return { services: null, reaching: null };
  const known = new Map<string | null, readonly Zone[]>(zones.items.map((one) => [one.commune, one.zones]));
  const isIn = (commune: string | null): boolean => (known.get(commune) ?? UNKNOWN).includes(zone);
  const services = areas && areas.areas.filter(({ kind, code }) => kind === 'commune' && isIn(code)).reduce((sum, { redemptions }) => sum + redemptions, 0);
  const places = earnings?.range ? earnings.places?.filter(({ commune }) => isIn(commune)) : undefined;
  const reaching = places?.filter(({ band }) => band === 'within' || band === 'above').length;
  return { services, reaching: places && reaching !== undefined ? `${count(reaching, language)} / ${count(places.length, language)}` : null };
}
