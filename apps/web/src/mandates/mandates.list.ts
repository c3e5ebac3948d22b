// Who may look at what, and until when: all of them for the operator, its own for a payer and for an auditing body.
import { z } from 'zod';
import { headline } from '../components.js';
import { day } from '../format.js';
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import type { Say } from '../language.js';
import { status, statusWord } from '../status.js';

export const mandate = z.object({
  mandateId: z.string(), organisationId: z.string(), organisationName: z.string(), programmeIds: z.array(z.string()),
  payerIds: z.array(z.string()),
  from: z.string(), until: z.string(), purpose: z.string(), payerId: z.string().nullable(), state: z.enum(['proposed', 'given', 'ended']),
  proposedBy: z.string(), proposedAt: z.string(), confirmedBy: z.string().nullable(), endedBy: z.string().nullable(),
  endedAt: z.string().nullable(),
});
export type Mandate = z.output<typeof mandate>;

/** As its days make it today. */
export function standingOf({ state, from, until }: Mandate): string {
  const today = new Date().toISOString().slice(0, 10);
  if (state === 'ended') return 'ended';
  if (until < today) return 'past';
  if (state === 'proposed') return 'proposed';
  return from > today ? 'to_come' : 'in_force';
}

export function scopeOf({ programmeIds, payerIds }: Mandate, say: Say): string {
  const programmes = programmeIds.length === 0 ? say('tous les programmes', 'all programmes') : say(`${programmeIds.length} programme(s)`, `${programmeIds.length} programme(s)`);
  const payers = payerIds.length === 0 ? say('tous les financeurs', 'all payers') : say(`${payerIds.length} financeur(s)`, `${payerIds.length} payer(s)`);
  return `${programmes}, ${payers}`;
}

export const mandatesList: List<Mandate> = {
  path: '/mandates', api: '/identity/mandates', item: mandate,
  title: ['Mandats', 'Mandates'], counted: [['mandat', 'mandate'], ['mandats', 'mandates']],
  empty: {
    sentence: ['Ici se lira qui peut contrôler, sur quoi, et jusqu’à quand.', 'Here you will read who may audit, what, and until when.'],
  },
  columns: [
    { name: 'organisationName', head: ['Organisme', 'Body'], kind: 'text', value: ({ organisationName }) => organisationName,
      cell: ({ mandateId, organisationName }) => html`<a href="/mandates/${mandateId}">${organisationName}</a>` },
    { name: 'scope', head: ['Peut voir', 'May see'], kind: 'text', value: (one, { say }) => scopeOf(one, say) },
    { name: 'purpose', head: ['Pourquoi', 'Why'], kind: 'text', value: ({ purpose }) => purpose },
    { name: 'from', head: ['Du', 'From'], kind: 'day', value: ({ from }) => from, cell: ({ from }, { language }) => day(from, language) },
    { name: 'until', head: ['Au', 'Until'], kind: 'day', value: ({ until }) => until, cell: ({ until }, { language }) => day(until, language) },
    { name: 'givenBy', head: ['Donné par', 'Given by'], kind: 'text', value: ({ payerId }, { say }) => (payerId === null ? say('l’opérateur', 'the operator') : say('un financeur', 'a payer')), extra: true },
    { name: 'state', head: ['État', 'State'], kind: 'text', value: (one, { say }) => statusWord(standingOf(one), say), cell: (one, { say }) => status(standingOf(one), say) },
  ],
  filters: [], totals: false,
  above: ({ say, person: { organisation: { kind } } }) => (kind === 'auditor'
    ? headline(say('Vos mandats', 'Your mandates'), say('disent ce que vous pouvez lire ici, et jusqu’à quand.', 'say what you may read here, and until when.'))
    : html`<p class="lead">${say('Un organisme de contrôle ne lit que ce qu’un mandat en vigueur lui ouvre, et chaque lecture laisse une trace.', 'An auditing body reads only what a mandate in force opens, and each reading leaves a trace.')}</p>
<p class="field"><a class="button" href="/mandates/new">${say('Donner un mandat', 'Give a mandate')}</a></p>`),
};
