// What was too much of a line in a closed statement, or is given beside it: stated, then validated by somebody else.
import { z } from 'zod';
import { headline } from '../components.js';
import { amount, moment } from '../format.js';
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { choicesOf, INCIDENT_KINDS, INCIDENT_STATES, wordOf } from '../operator/words.js';
import { status } from '../status.js';

export const incident = z.object({
  incidentId: z.string(), kind: z.string(), state: z.string(), redemptionId: z.string(), payeeId: z.string(),
  legalName: z.string().nullable(), placeId: z.string(),
  programmeId: z.string(), serviceDate: z.string(), amountCents: z.int(), note: z.string(), createdBy: z.string().nullable(),
  createdAt: z.string(),
  decisionNote: z.string().nullable(), decidedBy: z.string().nullable(), decidedAt: z.string().nullable(), dueSeq: z.int().nullable(),
});
export type Incident = z.output<typeof incident>;

export const incidentsList: List<Incident> = {
  path: '/incidents', api: '/settlement/incidents', item: incident,
  title: ['Anomalies de remboursement', 'Incidents'], counted: [['anomalie', 'incident'], ['anomalies', 'incidents']],
  empty: {
    sentence: ['Ici se lira ce qui était faux dans un relevé clos, et ce qui en est advenu.', 'Here you will read what was wrong in a closed statement, and what became of it.'],
    next: { href: '/incidents/new', words: ['Déclarer une anomalie', 'State an incident'] },
  },
  columns: [
    { name: 'createdAt', head: ['Déclarée le', 'Stated'], kind: 'moment', value: ({ createdAt }) => createdAt, sorts: true,
      cell: ({ incidentId, createdAt }, visit) => html`<a href="/incidents/${incidentId}">${moment(createdAt, visit.language)}</a>` },
    { name: 'kind', head: ['Nature', 'Kind'], kind: 'text', value: ({ kind }, { say }) => wordOf(INCIDENT_KINDS, kind, say) },
    { name: 'legalName', head: ['Bénéficiaire', 'Payee'], kind: 'text', value: ({ legalName }) => legalName, sorts: true },
    { name: 'serviceDate', head: ['Service du', 'Service of'], kind: 'day', value: ({ serviceDate }) => serviceDate, sorts: true },
    { name: 'note', head: ['Pourquoi', 'Why'], kind: 'text', value: ({ note }) => note, extra: true },
    { name: 'redemptionId', head: ['Encaissement', 'Redemption'], kind: 'text', value: ({ redemptionId }) => redemptionId, extra: true },
    { name: 'state', head: ['État', 'State'], kind: 'text', value: ({ state }, { say }) => wordOf(INCIDENT_STATES, state, say), cell: ({ state }, { say }) => status(state, say) },
    { name: 'amountCents', head: ['Montant', 'Amount'], kind: 'cents', value: ({ amountCents }) => amountCents, sorts: true, sum: 'amountCents' },
  ],
  filters: [
    { name: 'state', words: ['État', 'State'], kind: 'choice', choices: choicesOf(INCIDENT_STATES) },
    { name: 'kind', words: ['Nature', 'Kind'], kind: 'choice', choices: choicesOf(INCIDENT_KINDS) },
    { name: 'legalName', words: ['Bénéficiaire', 'Payee'], kind: 'text' },
    { name: 'createdAt', words: ['Déclarée', 'Stated'], kind: 'days' },
    { name: 'amountCents', words: ['Montant', 'Amount'], kind: 'amounts' },
  ],
  totals: true,
  above: ({ say, language }, totals) => html`${totals && headline(amount(totals.sums['amountCents'] ?? 0, language), say('d’anomalies dans cette liste.', 'of incidents in this list.'))}
<p class="field"><a class="button" href="/incidents/new">${say('Déclarer une anomalie', 'State an incident')}</a></p>`,
};
