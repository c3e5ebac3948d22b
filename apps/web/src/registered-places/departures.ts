// Places that leave a programme by themselves, as the operator and auditors read it.
import { z } from 'zod';
import { table } from '../components.js';
import { departure as own, type Departure } from '../departures/departures.data.js';
import { departurePill } from '../departures/departures.section.js';
import { day, moment, shortId } from '../format.js';
import { html, type Html } from '../html.js';
import type { List } from '../lists/list.js';
import type { SignedInVisit } from '../visit.js';

const departure = own.extend({ placeId: z.string() });
type PlaceDeparture = z.output<typeof departure>;
const today = (): string => new Date().toISOString().slice(0, 10);
const nameOf = ({ programmeName, programmeId }: Departure): string => programmeName ?? shortId(programmeId);

export const departuresTable = (visit: SignedInVisit, departures: readonly Departure[]): Html => (departures.length === 0
  ? html`<p class="empty">${visit.say('Aucun : ce lieu n’a quitté aucun programme.', 'None: this place has left no programme.')}</p>`
  : table(visit.say('Départs', 'Departures'), [
    { head: visit.say('Programme', 'Programme'), cell: (one: Departure) => html`<a href="/programmes/${one.programmeId}">${nameOf(one)}</a> ${departurePill(one, today(), visit)}` },
    { head: visit.say('À partir du', 'From'), cell: ({ from }) => day(from, visit.language) },
    { head: visit.say('Pourquoi, dit le lieu', 'Why, says the place'), cell: ({ reason }) => reason ?? visit.say('Rien dit', 'Nothing said') },
    { head: visit.say('Dit le', 'Said on'), cell: ({ statedAt }) => moment(statedAt, visit.language) },
  ], departures));

export const departuresList: List<PlaceDeparture> = {
  path: '/departures', api: '/redemption/departures', item: departure,
  title: ['Départs de lieux', 'Departures of places'], counted: [['départ', 'departure'], ['départs', 'departures']], empty: { sentence: ['Aucun lieu n’est parti.', 'No place has left.'] },
  columns: [
    { name: 'statedAt', head: ['Dit le', 'Said on'], kind: 'moment', value: ({ statedAt }) => statedAt, cell: ({ placeId, statedAt }, { language }) => html`<a href="/registered-places/${placeId}">${moment(statedAt, language)}</a>` },
    { name: 'placeId', head: ['Lieu', 'Place'], kind: 'text', value: ({ placeId }) => placeId, cell: ({ placeId }) => html`<code title="${placeId}">${shortId(placeId)}</code>` },
    { name: 'programmeName', head: ['Programme', 'Programme'], kind: 'text', value: nameOf },
    { name: 'from', head: ['À partir du', 'From'], kind: 'day', value: ({ from }) => from },
    { name: 'reason', head: ['Pourquoi, dit le lieu', 'Why, says the place'], kind: 'text', value: ({ reason }) => reason ?? '' },
    { name: 'state', head: ['Où il en est', 'Where it stands'], kind: 'text', value: ({ end }) => end?.how ?? 'open', cell: (one, visit) => departurePill(one, today(), visit) },
  ],
  filters: [{ name: 'open', words: ['Où il en est', 'Where it stands'], kind: 'choice', choices: ({ say }) => [['true', say('En cours', 'Open')], ['false', say('Repris ou revenu', 'Taken back or returned')]] }],
  totals: false,
};
