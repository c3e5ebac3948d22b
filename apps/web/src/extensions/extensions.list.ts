// Later dates for the vouchers of an order: the operator proposes them, each of its payers agrees.
import { z } from 'zod';
import { day } from '../format.js';
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { wordOf, type WordsOf } from '../operator/words.js';

const dates = z.object({ usableUntil: z.string(), claimableUntil: z.string() });
export const extension = z.object({
  extensionId: z.string(), orderId: z.string(), reference: z.string(), programmeName: z.string(), amountCents: z.int(), state: z.string(),
  now: dates, asked: dates, proposedAt: z.string(), proposedBy: z.string(),
  payers: z.array(z.object({ payerId: z.string(), name: z.string(), agreedAt: z.string().nullable() })),
});
export type Extension = z.output<typeof extension>;

export const EXTENSION_STATES: WordsOf = { to_agree: ['Attend des accords', 'Waits for agreement'], in_force: ['En vigueur', 'In force'], lapsed: ['Sans objet', 'Lapsed'] };

export const extensionsList: List<Extension> = {
  path: '/extensions', api: '/issuance/extensions', item: extension,
  title: ['Dates plus tardives', 'Later dates'], counted: [['proposition', 'proposal'], ['propositions', 'proposals']],
  empty: { sentence: ['Ici se liront les dates plus tardives que l’opérateur propose pour les chèques d’une commande.', 'Here you will read the later dates that the operator proposes for the vouchers of an order.'],
    next: { href: '/orders', words: ['Voir les commandes', 'See the orders'] } },
  columns: [
    { name: 'reference', head: ['Commande', 'Order'], kind: 'text', value: ({ reference }) => reference, cell: ({ extensionId, reference }) => html`<a class="whole" href="/extensions/${extensionId}"><code>${reference}</code></a>` },
    { name: 'programmeName', head: ['Programme', 'Programme'], kind: 'text', value: ({ programmeName }) => programmeName },
    { name: 'now', head: ['Utilisables jusqu’au', 'Usable until'], kind: 'day', value: ({ now }) => now.usableUntil, cell: ({ now }, { language }) => day(now.usableUntil, language) },
    { name: 'asked', head: ['Proposé', 'Proposed'], kind: 'day', value: ({ asked }) => asked.usableUntil, cell: ({ asked }, { language }) => day(asked.usableUntil, language) },
    { name: 'agreed', head: ['Accords', 'Agreements'], kind: 'text', value: ({ payers }) => `${payers.filter(({ agreedAt }) => agreedAt !== null).length} / ${payers.length}` },
    { name: 'state', head: ['État', 'State'], kind: 'text', value: ({ state }, { say }) => wordOf(EXTENSION_STATES, state, say) },
    { name: 'amountCents', head: ['Commandé', 'Ordered'], kind: 'cents', value: ({ amountCents }) => amountCents },
  ],
  filters: [], totals: false,
};
