// Statements of all payees, as the operator looks at them.
import { z } from 'zod';
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { STATEMENT_STATES } from '../statements/statement-states.js';
import { status, statusWord } from '../status.js';

const item = z.object({
  statementId: z.string(), payeeId: z.string(), legalName: z.string().nullable(), period: z.string(), closedAt: z.string(), lines: z.int(),
  grossCents: z.int(), feeCents: z.int(), commonsCents: z.int(), netCents: z.int(), toPayCents: z.int(), state: z.string(),
  paidOn: z.string().nullable(), reference: z.string().nullable(),
});
type Statement = z.output<typeof item>;

export const payeeStatementsList: List<Statement> = {
  path: '/payee-statements', api: '/settlement/statements/history', item,
  title: ['Relevés', 'Statements'], counted: [['relevé', 'statement'], ['relevés', 'statements']],
  empty: { sentence: ['Ici se liront les relevés, au premier arrêté.', 'Here you will read statements, from the first closing on.'], next: { href: '/closing-rules', words: ['Voir les arrêtés', 'See the closings'] } },
  columns: [
    { name: 'legalName', head: ['Bénéficiaire', 'Payee'], kind: 'text', sorts: true, value: ({ legalName }) => legalName,
      cell: ({ statementId, legalName }, { say }) => html`<a href="/payee-statements/${statementId}">${legalName ?? say('à compléter', 'to be completed')}</a>` },
    { name: 'period', head: ['Mois', 'Month'], kind: 'text', sorts: true, value: ({ period }) => period },
    { name: 'closedAt', head: ['Arrêté le', 'Closed'], kind: 'moment', sorts: true, value: ({ closedAt }) => closedAt, extra: true },
    { name: 'lines', head: ['Lignes', 'Lines'], kind: 'whole', sorts: true, sum: 'lines', value: ({ lines }) => lines, extra: true },
    { name: 'grossCents', head: ['Brut', 'Gross'], kind: 'cents', sorts: true, sum: 'grossCents', value: ({ grossCents }) => grossCents },
    { name: 'feeCents', head: ['Frais et TVA', 'Fees and VAT'], kind: 'cents', sorts: true, sum: 'feeCents', value: ({ feeCents }) => feeCents },
    { name: 'commonsCents', head: ['Fonds commun', 'Commons'], kind: 'cents', sum: 'commonsCents', value: ({ commonsCents }) => commonsCents, extra: true },
    { name: 'netCents', head: ['Net', 'Net'], kind: 'cents', sorts: true, sum: 'netCents', value: ({ netCents }) => netCents, extra: true },
    { name: 'state', head: ['État', 'State'], kind: 'text', sorts: true, value: ({ state }, { say }) => statusWord(state, say), cell: ({ state }, { say }) => status(state, say) },
    { name: 'toPayCents', head: ['À virer', 'To pay'], kind: 'cents', sorts: true, sum: 'toPayCents', value: ({ toPayCents }) => toPayCents },
    { name: 'paidOn', head: ['Viré le', 'Paid on'], kind: 'day', value: ({ paidOn }) => paidOn, extra: true },
    { name: 'reference', head: ['Référence du virement', 'Reference of the payment'], kind: 'text', value: ({ reference }) => reference, extra: true },
  ],
  filters: [
    { name: 'legalName', words: ['Bénéficiaire', 'Payee'], kind: 'text' },
    { name: 'period', words: ['Mois (2026-11)', 'Month (2026-11)'], kind: 'text' },
    { name: 'state', words: ['État', 'State'], kind: 'choice', choices: ({ say }) => STATEMENT_STATES.map((state) => [state, statusWord(state, say)] as const) },
    { name: 'closedAt', words: ['Arrêté', 'Closed'], kind: 'days' },
    { name: 'toPayCents', words: ['À virer', 'To pay'], kind: 'amounts' },
    { name: 'payeeId', words: ['Identifiant du bénéficiaire', 'Id of the payee'], kind: 'text' },
    { name: 'reference', words: ['Référence du virement', 'Reference of the payment'], kind: 'text' },
  ],
  totals: true,
};
