// Programmes with the rules that are in force.
import { z } from 'zod';
import { amount, day } from '../format.js';
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { status } from '../status.js';

export const programme = z.object({
  programmeId: z.string(), ruleVersion: z.int(), effectiveFrom: z.string(), state: z.string(), name: z.string(), faceCents: z.int(),
  faceCentsMin: z.int(), faceCentsMax: z.int(), usableUntil: z.string(),
  claimableUntil: z.string(), onExpiry: z.string(), services: z.array(z.string()), custodyAccountId: z.string(), offline: z.boolean(),
  territory: z.array(z.object({ kind: z.string(), code: z.string(), communes: z.array(z.string()).optional() })),
  servicePrices: z.array(z.object({ service: z.string(), priceCentsMin: z.int().optional(), priceCentsMax: z.int().optional() })),
  targetPublics: z.array(z.string()), targetPublicLabel: z.string().nullable(), tariffRaiseNeedsApproval: z.boolean(),
  limits: z.object({
    orderCountMin: z.int().nullable(), orderCountMax: z.int().nullable(), orderedCentsMax: z.int().nullable(),
    redemptionCentsMax: z.int().nullable(),
  }),
});
export type Programme = z.output<typeof programme>;

export const programmesList: List<Programme> = {
  path: '/programmes', api: '/issuance/programmes', item: programme,
  title: ['Programmes et règles', 'Programmes and rules'], counted: [['programme', 'programme'], ['programmes', 'programmes']], empty: {
    sentence: ['Ici se liront vos programmes : la valeur de leurs chèques, leurs dates, ce qu’ils paient.', 'Here you will read your programmes: the value of their vouchers, their dates, what they pay for.'],
    next: { href: '/programmes/new', words: ['Publier un programme', 'Publish a programme'] },
  },
  columns: [
    { name: 'name', head: ['Programme', 'Programme'], kind: 'text', value: ({ name }) => name, cell: ({ programmeId, name }) => html`<a href="/programmes/${programmeId}">${name}</a>` },
    { name: 'state', head: ['Règles', 'Rules'], kind: 'text', value: ({ state }) => state, cell: ({ state, ruleVersion }, { say }) => html`${status(state, say)} v${ruleVersion}` },
    { name: 'effectiveFrom', head: ['À partir du', 'From'], kind: 'day', value: ({ effectiveFrom }) => effectiveFrom, cell: ({ effectiveFrom }, { language }) => day(effectiveFrom.slice(0, 10), language) },
    { name: 'usableUntil', head: ['Utilisable jusqu’au', 'Usable until'], kind: 'day', value: ({ usableUntil }) => usableUntil },
    { name: 'faceCents', head: ['Valeur', 'Value'], kind: 'cents', value: ({ faceCents }) => faceCents, cell: ({ faceCents }, { language }) => amount(faceCents, language) },
  ],
  filters: [], totals: false,
  above: ({ say, person }) => person.organisation.roles.includes('operator') && html`<p class="field"><a class="button" href="/programmes/new">${say('Publier un programme', 'Publish a programme')}</a></p>`,
};
