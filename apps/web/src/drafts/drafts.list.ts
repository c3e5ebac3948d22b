// Orders that are none yet: drafts, and quotes that wait for answers.
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { status, statusWord } from '../status.js';
import { draftShape, type Draft } from './draft.data.js';

const STATES = ['draft', 'quoted', 'accepted', 'cancelled'] as const;

export const draftsList: List<Draft> = {
  path: '/drafts', api: '/issuance/order-drafts', item: draftShape,
  title: ['Brouillons et devis', 'Drafts and quotes'], counted: [['brouillon', 'draft'], ['brouillons', 'drafts']],
  empty: {
    sentence: ['Ici se liront les commandes que vous préparez et les devis à accepter.', 'Here you will read the orders that you prepare and the quotes to accept.'],
    next: { href: '/orders/new', words: ['Préparer une commande', 'Prepare an order'] },
  },
  columns: [
    { name: 'programmeName', head: ['Programme', 'Programme'], kind: 'text', value: ({ programmeName }) => programmeName, cell: ({ orderId, programmeName }) => html`<a href="/drafts/${orderId}">${programmeName}</a>` },
    { name: 'draftedAt', head: ['Écrit le', 'Written'], kind: 'day', value: ({ draftedAt }) => draftedAt.slice(0, 10) },
    { name: 'state', head: ['État', 'State'], kind: 'text', value: ({ state }, { say }) => statusWord(state, say), cell: ({ state }, { say }) => status(state, say) },
    { name: 'count', head: ['Chèques', 'Vouchers'], kind: 'whole', value: ({ count }) => count },
    { name: 'payers', head: ['Financeurs', 'Payers'], kind: 'whole', value: ({ shares }) => shares.length },
    { name: 'amountCents', head: ['Devis, en chèques', 'Quote, in vouchers'], kind: 'cents', value: ({ quote }) => quote?.amountCents ?? null },
    { name: 'validUntil', head: ['Valable jusqu’au', 'Valid until'], kind: 'day', value: ({ quote }) => quote?.validUntil ?? null },
  ],
  filters: [
    { name: 'state', words: ['État', 'State'], kind: 'one', choices: ({ say }) => STATES.map((state) => [state, statusWord(state, say)] as const) },
  ],
  totals: false,
};
