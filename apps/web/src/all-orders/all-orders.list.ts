// Orders of all payers as the operator works on them: what is to be done next stands beside each.
import { z } from 'zod';
import { amount, day } from '../format.js';
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { ordersFilters } from '../orders/orders.list.js';
import { status, statusWord } from '../status.js';
import { nextWord } from './order-steps.js';

const item = z.object({
  orderId: z.string(), reference: z.string(), programmeName: z.string(), placedAt: z.string(), state: z.string(), funding: z.string(),
  activation: z.string(), nextSteps: z.array(z.string()), count: z.int(), mintedCount: z.int(), amountCents: z.int(),
  missingCents: z.int(), activatedCents: z.int(),
});
type Order = z.output<typeof item>;

export const allOrdersList: List<Order> = {
  path: '/all-orders', api: '/issuance/orders', item,
  title: ['Commandes', 'Orders'], counted: [['commande', 'order'], ['commandes', 'orders']],
  empty: {
    sentence: ['Ici se liront les commandes des financeurs, et ce qui reste à faire de chacune. Elles viennent d’un devis accepté.', 'Here you will read the orders of payers, and what is left to do of each. They come from a quote that was accepted.'],
    next: { href: '/drafts', words: ['Voir les brouillons et devis', 'See drafts and quotes'] },
  },
  columns: [
    { name: 'reference', head: ['Référence', 'Reference'], kind: 'text', value: ({ reference }) => reference, cell: ({ orderId, reference }) => html`<a class="whole" href="/all-orders/${orderId}"><code>${reference}</code></a>` },
    { name: 'programmeName', head: ['Programme', 'Programme'], kind: 'text', value: ({ programmeName }) => programmeName },
    { name: 'next', head: ['À faire', 'To do'], kind: 'text', value: ({ nextSteps: [first] }, { say }) => (first === undefined ? null : nextWord(first, say)), cell: ({ nextSteps: [first] }, { say }) => (first === undefined ? say('Rien', 'Nothing') : nextWord(first, say)) },
    { name: 'state', head: ['Commande', 'Order'], kind: 'text', value: ({ state }, { say }) => statusWord(state, say), cell: ({ state }, { say }) => status(state, say) },
    { name: 'funding', head: ['Argent', 'Money'], kind: 'text', value: ({ funding }, { say }) => statusWord(funding, say), cell: ({ funding }, { say }) => status(funding, say) },
    { name: 'activation', head: ['Chèques', 'Vouchers'], kind: 'text', value: ({ activation }, { say }) => statusWord(activation, say), cell: ({ activation }, { say }) => status(activation, say) },
    { name: 'placedAt', head: ['Passée le', 'Placed'], kind: 'day', value: ({ placedAt }) => placedAt.slice(0, 10), cell: ({ placedAt }, { language }) => day(placedAt.slice(0, 10), language) },
    { name: 'count', head: ['Nombre', 'Count'], kind: 'whole', value: ({ count }) => count, extra: true },
    { name: 'mintedCount', head: ['Fabriqués', 'Made'], kind: 'whole', value: ({ mintedCount }) => mintedCount, extra: true },
    { name: 'amountCents', head: ['Montant', 'Amount'], kind: 'cents', value: ({ amountCents }) => amountCents, cell: ({ amountCents }, { language }) => amount(amountCents, language) },
    { name: 'missingCents', head: ['Reste à payer', 'Still to pay'], kind: 'cents', value: ({ missingCents }) => missingCents, extra: true },
    { name: 'activatedCents', head: ['Rendu actif', 'Made active'], kind: 'cents', value: ({ activatedCents }) => activatedCents, extra: true },
  ],
  filters: ordersFilters, totals: false,
};
