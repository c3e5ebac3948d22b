// Accounts of orders that are over: each payer signs for itself, then the operator.
import { day } from '../format.js';
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { wordOf } from '../operator/words.js';
import { OUTCOMES, statement, STATEMENT_STATES, statementStatus, type Statement } from './statement.data.js';

export const contradictoryStatementsList: List<Statement> = {
  path: '/contradictory-statements', api: '/issuance/contradictory-statements', item: statement,
  title: ['Comptes des commandes', 'Accounts of orders'], counted: [['compte', 'account'], ['comptes', 'accounts']],
  empty: { sentence: ['Ici se lira ce que chaque commande est devenue, une fois ses chèques échus : utilisé, échu, et où va ce qui reste.', 'Here you will read what became of each order, once its vouchers have expired: used, expired, and where the rest goes.'],
    next: { href: '/orders', words: ['Voir les commandes', 'See the orders'] } },
  columns: [
    { name: 'drawnUpAt', head: ['Établi le', 'Drawn up'], kind: 'moment', value: ({ drawnUpAt }) => drawnUpAt, cell: ({ statementId, drawnUpAt }, { language }) => html`<a href="/contradictory-statements/${statementId}">${day(drawnUpAt.slice(0, 10), language)}</a>` },
    { name: 'payers', head: ['Financeurs', 'Payers'], kind: 'text', value: ({ shares }) => shares.map(({ name }) => name).join(', ') },
    { name: 'state', head: ['État', 'State'], kind: 'text', value: ({ state }, { say }) => wordOf(STATEMENT_STATES, state, say), cell: (one, { say }) => statementStatus(one, say) },
    { name: 'outcome', head: ['Ce qui est échu est', 'What expired is'], kind: 'text', value: ({ outcome }, { say }) => wordOf(OUTCOMES, outcome, say) },
    { name: 'order', head: ['Commande', 'Order'], kind: 'text', value: ({ orderId }) => orderId, cell: ({ orderId }, { say }) => html`<a href="/orders/${orderId}">${say('Voir', 'See')}</a>`, extra: true },
    { name: 'activatedCents', head: ['Actif', 'Active'], kind: 'cents', value: ({ activatedCents }) => activatedCents },
    { name: 'redeemedCents', head: ['Utilisé', 'Used'], kind: 'cents', value: ({ redeemedCents }) => redeemedCents },
    { name: 'expiredCents', head: ['Échu', 'Expired'], kind: 'cents', value: ({ expiredCents }) => expiredCents },
  ],
  filters: [], totals: false,
};
