// The statements of a place, under the answer to when it is paid.
import { z } from 'zod';
import { html } from '../html.js';
import { day } from '../format.js';
import type { List } from '../lists/list.js';
import { status, statusWord } from '../status.js';
import { STATEMENT_STATES } from './statement-states.js';
import { statementsTop } from './statements-top.js';

const item = z.object({
  statementId: z.string(), period: z.string(), closedAt: z.string(), lines: z.int(), grossCents: z.int(), feeCents: z.int(),
  commonsCents: z.int(),
  netCents: z.int(), toPayCents: z.int(), state: z.string(), paidOn: z.string().nullable(), reference: z.string().nullable(),
});
type Statement = z.output<typeof item>;

export const statementsList: List<Statement> = {
  path: '/statements', api: '/settlement/statements/history', item,
  title: ['Remboursements', 'Reimbursements'], counted: [['relevé', 'statement'], ['relevés', 'statements']],
  empty: { sentence: ['Ici se liront vos relevés. Le premier vient quand une période est close.', 'Here you will read your statements. The first one comes when a period is closed.'] },
  columns: [
    {
      name: 'period', head: ['Mois', 'Month'], kind: 'text', sorts: true, value: ({ period }) => period,
      cell: ({ statementId, period }) => html`<a href="/statements/${statementId}">${period}</a>`,
    },
    {
      name: 'state', head: ['État', 'State'], kind: 'text', sorts: true, value: ({ state }, { say }) => statusWord(state, say),
      cell: ({ state, paidOn }, { say, language }) => html`${status(state, say)}${paidOn !== null && html` <small>${day(paidOn, language)}</small>`}`,
    },
    { name: 'closedAt', head: ['Clos le', 'Closed'], kind: 'moment', sorts: true, value: ({ closedAt }) => closedAt, extra: true },
    { name: 'lines', head: ['Lignes', 'Lines'], kind: 'whole', sorts: true, value: ({ lines }) => lines },
    { name: 'grossCents', head: ['Total', 'Total'], kind: 'cents', sorts: true, sum: 'grossCents', value: ({ grossCents }) => grossCents },
    { name: 'feeCents', head: ['Frais et TVA', 'Fees and VAT'], kind: 'cents', sorts: true, sum: 'feeCents', value: ({ feeCents }) => feeCents },
    { name: 'commonsCents', head: ['Fonds commun', 'Commons'], kind: 'cents', sum: 'commonsCents', value: ({ commonsCents }) => commonsCents },
    { name: 'netCents', head: ['Net', 'Net'], kind: 'cents', sorts: true, sum: 'netCents', value: ({ netCents }) => netCents, extra: true },
    { name: 'toPayCents', head: ['Pour vous', 'For you'], kind: 'cents', sorts: true, sum: 'toPayCents', value: ({ toPayCents }) => toPayCents },
    { name: 'reference', head: ['Référence du virement', 'Reference of the payment'], kind: 'text', value: ({ reference }) => reference, extra: true },
    { name: 'paidOn', head: ['Viré le', 'Paid on'], kind: 'day', value: ({ paidOn }) => paidOn, extra: true },
  ],
  filters: [
    { name: 'period', words: ['Mois (AAAA-MM)', 'Month (YYYY-MM)'], kind: 'text' },
    { name: 'state', words: ['État', 'State'], kind: 'choice', choices: ({ say }) => STATEMENT_STATES.map((state) => [state, statusWord(state, say)] as const) },
    { name: 'closedAt', words: ['Clos', 'Closed'], kind: 'days' },
    { name: 'toPayCents', words: ['Pour vous', 'For you'], kind: 'amounts' },
    { name: 'reference', words: ['Référence du virement', 'Reference of the payment'], kind: 'text' },
  ],
  totals: true,
  above: statementsTop,
};
