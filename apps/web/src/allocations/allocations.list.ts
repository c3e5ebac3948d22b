// What the commons were asked to give, and gave.
import { z } from 'zod';
import { poolName } from '../commons-pools/commons-pools.data.js';
import { headline } from '../components.js';
import { amount, moment } from '../format.js';
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { ALLOCATION_STATES, choicesOf, wordOf } from '../operator/words.js';
import { status } from '../status.js';

export const allocation = z.object({
  allocationId: z.string(), pool: z.string(), payeeId: z.string(),
  legalName: z.string().nullable(), amountCents: z.int(), reason: z.string(),
  proposedBy: z.string(), proposedAt: z.string(),
  state: z.string(), voices: z.array(z.object({ userId: z.string(), voice: z.enum(['for', 'against']), note: z.string().nullable(), at: z.string() })),
});
/** What the ledger calls the national pool. */
export const GENERAL = 'general';
export type Allocation = z.output<typeof allocation>;

export const allocationsList: List<Allocation> = {
  path: '/allocations', api: '/settlement/allocations', item: allocation,
  title: ['Fonds commun', 'Commons'], counted: [['attribution', 'allocation'], ['attributions', 'allocations']],
  empty: {
    sentence: ['Ici se lira ce que le fonds commun donne, et qui l’a voté.', 'Here you will read what the commons give, and who voted it.'],
    next: { href: '/allocations/new', words: ['Proposer une attribution', 'Propose an allocation'] },
  },
  columns: [
    { name: 'proposedAt', head: ['Proposée le', 'Proposed'], kind: 'moment', value: ({ proposedAt }) => proposedAt, sorts: true,
      cell: ({ allocationId, proposedAt }, { language }) => html`<a href="/allocations/${allocationId}">${moment(proposedAt, language)}</a>` },
    { name: 'legalName', head: ['Pour', 'For'], kind: 'text', value: ({ legalName }) => legalName, sorts: true },
    { name: 'pool', head: ['Caisse', 'Pool'], kind: 'text', value: ({ pool }, { say }) => (pool === GENERAL ? poolName(say, { programmeId: null, programmeName: null }) : `prg_${pool}`), extra: true },
    { name: 'reason', head: ['Pourquoi', 'What for'], kind: 'text', value: ({ reason }) => reason },
    { name: 'voices', head: ['Voix pour', 'Voices for'], kind: 'whole', value: ({ voices }) => voices.filter(({ voice }) => voice === 'for').length },
    { name: 'state', head: ['État', 'State'], kind: 'text', value: ({ state }, { say }) => wordOf(ALLOCATION_STATES, state, say), cell: ({ state }, { say }) => status(state, say) },
    { name: 'amountCents', head: ['Montant', 'Amount'], kind: 'cents', value: ({ amountCents }) => amountCents, sorts: true, sum: 'amountCents' },
  ],
  filters: [
    { name: 'state', words: ['État', 'State'], kind: 'choice', choices: choicesOf(ALLOCATION_STATES) },
    { name: 'legalName', words: ['Pour', 'For'], kind: 'text' },
    { name: 'proposedAt', words: ['Proposée', 'Proposed'], kind: 'days' },
    { name: 'amountCents', words: ['Montant', 'Amount'], kind: 'amounts' },
  ],
  totals: true,
  above: ({ say, language }, totals) => html`${totals && headline(amount(totals.sums['amountCents'] ?? 0, language), say('dans cette liste, proposés ou donnés par le fonds commun.', 'in this list, proposed or given by the commons.'))}
<p class="field"><a class="button" href="/allocations/new">${say('Proposer une attribution', 'Propose an allocation')}</a> <a class="button" href="/sharing-rules">${say('Règles de partage', 'Sharing rules')}</a> <a class="button" href="/commons">${say('Compte public', 'Public account')}</a></p>`,
};
