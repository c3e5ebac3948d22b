// The orders that a payer has a share of.
import { z } from 'zod';
import { html } from '../html.js';
import type { List, ListFilter } from '../lists/list.js';
import { status, statusWord } from '../status.js';
import type { SignedInVisit } from '../visit.js';

const item = z.object({
  orderId: z.string(), reference: z.string(), programmeName: z.string(), placedAt: z.string(), state: z.string(), funding: z.string(),
  activation: z.string(), count: z.int(), amountCents: z.int(), missingCents: z.int(), activatedCents: z.int(),
});
type Order = z.output<typeof item>;

const STATES = [
  'accepted', 'proof_pending', 'proof_approved', 'in_production', 'made', 'shipped', 'partially_delivered', 'delivered', 'expired', 'reconciled', 'cancelled',
] as const;
const FUNDING = ['awaiting_funds', 'part_funded', 'funded'] as const;
const ACTIVATION = ['inactive', 'part_active', 'active'] as const;

const named = (states: readonly string[]) => ({ say }: SignedInVisit) => states.map((state) => [state, statusWord(state, say)] as const);

/** What issuance finds orders by, whoever looks. */
export const ordersFilters: readonly ListFilter[] = [
  { name: 'payerId', words: ['Identifiant du financeur', 'Id of the payer'], kind: 'text', roles: ['operator', 'auditor'] },
  { name: 'reference', words: ['Référence', 'Reference'], kind: 'text' },
  { name: 'amountCents', words: ['Montant', 'Amount'], kind: 'amounts' },
  { name: 'state', words: ['Commande', 'Order'], kind: 'one', choices: named(STATES) },
  { name: 'funding', words: ['Argent', 'Money'], kind: 'one', choices: named(FUNDING) },
  { name: 'activation', words: ['Chèques', 'Vouchers'], kind: 'one', choices: named(ACTIVATION) },
];

export const ordersList: List<Order> = {
  path: '/orders', api: '/issuance/orders', item,
  title: ['Commandes', 'Orders'], counted: [['commande', 'order'], ['commandes', 'orders']],
  empty: {
    sentence: ['Ici se liront vos commandes de chèques.', 'Here you will read your orders of vouchers.'],
    next: { href: '/orders/new', words: ['Commander des chèques', 'Order vouchers'] },
  },
  columns: [
    { name: 'reference', head: ['Référence', 'Reference'], kind: 'text', value: ({ reference }) => reference, cell: ({ orderId, reference }) => html`<a href="/orders/${orderId}"><code>${reference}</code></a>` },
    { name: 'programmeName', head: ['Programme', 'Programme'], kind: 'text', value: ({ programmeName }) => programmeName },
    { name: 'placedAt', head: ['Passée le', 'Placed'], kind: 'day', value: ({ placedAt }) => placedAt.slice(0, 10) },
    { name: 'state', head: ['Commande', 'Order'], kind: 'text', value: ({ state }, { say }) => statusWord(state, say), cell: ({ state }, { say }) => status(state, say) },
    { name: 'funding', head: ['Argent', 'Money'], kind: 'text', value: ({ funding }, { say }) => statusWord(funding, say), cell: ({ funding }, { say }) => status(funding, say) },
    { name: 'activation', head: ['Chèques', 'Vouchers'], kind: 'text', value: ({ activation }, { say }) => statusWord(activation, say), cell: ({ activation }, { say }) => status(activation, say) },
    { name: 'count', head: ['Nombre', 'Count'], kind: 'whole', value: ({ count }) => count },
    { name: 'amountCents', head: ['Montant', 'Amount'], kind: 'cents', value: ({ amountCents }) => amountCents },
    { name: 'missingCents', head: ['Reste à payer', 'Still to pay'], kind: 'cents', value: ({ missingCents }) => missingCents, extra: true },
    { name: 'activatedCents', head: ['Rendu actif', 'Made active'], kind: 'cents', value: ({ activatedCents }) => activatedCents, extra: true },
  ],
  filters: ordersFilters,
  totals: false,
  above: ({ say, person }) => person.organisation.roles.includes('payer') && html`<p class="field"><a class="button" href="/orders/new">${say('Commander des chèques', 'Order vouchers')}</a></p>`,
};
