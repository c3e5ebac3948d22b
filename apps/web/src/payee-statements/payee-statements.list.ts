// Statements of all payees, as the operator looks at them.
import { z } from 'zod';
import { amount } from '../format.js';
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { status } from '../status.js';

export const statementHead = z.object({
  statementId: z.string(), payeeId: z.string(), legalName: z.string().nullable(), period: z.string(), upToSeq: z.int(), lines: z.int(),
  grossCents: z.int(), feeCents: z.int(), vatCents: z.int(),
  commonsCents: z.int(), netCents: z.int(), toPayCents: z.int(), closedAt: z.string(), state: z.string(), sha256: z.string(),
});
type Statement = z.output<typeof statementHead>;

export const payeeStatementsList: List<Statement> = {
  path: '/payee-statements', api: '/settlement/statements', item: statementHead,
  title: ['Relevés', 'Statements'], counted: [['relevé', 'statement'], ['relevés', 'statements']],
  empty: { sentence: ['Ici se liront les relevés, au premier arrêté.', 'Here you will read statements, from the first closing on.'], next: { href: '/closing-rules', words: ['Voir les arrêtés', 'See the closings'] } },
  columns: [
    { name: 'legalName', head: ['Bénéficiaire', 'Payee'], kind: 'text', value: ({ legalName }) => legalName,
      cell: ({ statementId, legalName }, { say }) => html`<a href="/payee-statements/${statementId}">${legalName ?? say('à compléter', 'to be completed')}</a>` },
    { name: 'period', head: ['Mois', 'Month'], kind: 'text', value: ({ period }) => period },
    { name: 'closedAt', head: ['Arrêté le', 'Closed'], kind: 'moment', value: ({ closedAt }) => closedAt },
    { name: 'lines', head: ['Lignes', 'Lines'], kind: 'whole', value: ({ lines }) => lines, extra: true },
    { name: 'grossCents', head: ['Brut', 'Gross'], kind: 'cents', value: ({ grossCents }) => grossCents, extra: true },
    { name: 'netCents', head: ['Net', 'Net'], kind: 'cents', value: ({ netCents }) => netCents, extra: true },
    { name: 'state', head: ['État', 'State'], kind: 'text', value: ({ state }) => state, cell: ({ state }, { say }) => status(state, say) },
    { name: 'toPayCents', head: ['À virer', 'To pay'], kind: 'cents', value: ({ toPayCents }) => toPayCents, cell: ({ toPayCents }, { language }) => amount(toPayCents, language) },
  ],
  filters: [
    { name: 'period', words: ['Mois (2026-11)', 'Month (2026-11)'], kind: 'text' }, { name: 'payeeId', words: ['Identifiant du bénéficiaire', 'Id of the payee'], kind: 'text' },
  ],
  totals: false,
};
