// Programmes with the rules that are in force.
import { z } from 'zod';
import { amount, day } from '../format.js';
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { status } from '../status.js';

export const programme = z.object({
  programmeId: z.string(), ruleVersion: z.int(), effectiveFrom: z.string(), state: z.string(), name: z.string(), faceCents: z.int(),
  faceCentsMin: z.int(), faceCentsMax: z.int(), usableUntil: z.string(),
  claimableUntil: z.string(), onExpiry: z.string(), services: z.array(z.string()),
});
export type Programme = z.output<typeof programme>;

export const programmesList: List<Programme> = {
  path: '/programmes', api: '/issuance/programmes', item: programme,
  title: ['Programmes et règles', 'Programmes and rules'], counted: [['programme', 'programme'], ['programmes', 'programmes']], empty: { sentence: ['Aucun programme publié.', 'No programme published.'] },
  columns: [
    { name: 'name', head: ['Programme', 'Programme'], kind: 'text', value: ({ name }) => name, cell: ({ programmeId, name }) => html`<a href="/programmes/${programmeId}">${name}</a>` },
    { name: 'state', head: ['Règles', 'Rules'], kind: 'text', value: ({ state }) => state, cell: ({ state, ruleVersion }, { say }) => html`${status(state, say)} v${ruleVersion}` },
    { name: 'effectiveFrom', head: ['À partir du', 'From'], kind: 'day', value: ({ effectiveFrom }) => effectiveFrom, cell: ({ effectiveFrom }, { language }) => day(effectiveFrom.slice(0, 10), language) },
    { name: 'usableUntil', head: ['Utilisable jusqu’au', 'Usable until'], kind: 'day', value: ({ usableUntil }) => usableUntil },
    { name: 'faceCents', head: ['Valeur', 'Value'], kind: 'cents', value: ({ faceCents }) => faceCents, cell: ({ faceCents }, { language }) => amount(faceCents, language) },
  ],
  filters: [], totals: false,
};
