// Who got how many cents of each redemption, as the statements divide it: the fee book of a place, line by line.
import { z } from 'zod';
import { headline } from '../components.js';
import { amount, shortId } from '../format.js';
import { html } from '../html.js';
import type { List, Words } from '../lists/list.js';

const item = z.object({
  redemptionId: z.string(), statementId: z.string(), period: z.string(), placeName: z.string(), programmeName: z.string(),
  serviceDate: z.string(),
  kind: z.enum(['redeemed', 'undone', 'corrected']), grossCents: z.int(), feeCents: z.int(), vatCents: z.int(), commonsCents: z.int(), netCents: z.int(),
});
type Line = z.output<typeof item>;
const KINDS: Readonly<Record<Line['kind'], Words>> = {
  redeemed: ['Encaissement', 'Redemption'], undone: ['Annulation', 'Undoing'], corrected: ['Correction', 'Correction'],
};

export const statementLinesList: List<Line> = {
  path: '/statement-lines', api: '/settlement/statement-lines', item,
  title: ['Lignes des relevés', 'Lines of the statements'], counted: [['ligne', 'line'], ['lignes', 'lines']],
  empty: { sentence: ['Ici se lira chaque encaissement relevé, avec qui en a reçu combien.', 'Here you will read each redemption of a statement, with who got how much of it.'], next: { href: '/statements', words: ['Voir les remboursements', 'See the reimbursements'] } },
  columns: [
    {
      name: 'redemption', head: ['Encaissement', 'Redemption'], kind: 'text', value: ({ redemptionId }) => redemptionId,
      cell: ({ redemptionId }) => html`<a href="/redemptions/${redemptionId}"><code>${shortId(redemptionId)}</code></a>`,
    },
    { name: 'serviceDate', head: ['Service du', 'Service of'], kind: 'day', sorts: true, value: ({ serviceDate }) => serviceDate },
    { name: 'kind', head: ['Nature', 'Kind'], kind: 'text', value: ({ kind }, { say }) => say(...KINDS[kind]), extra: true },
    { name: 'period', head: ['Relevé', 'Statement'], kind: 'text', sorts: true, value: ({ period }) => period, cell: ({ statementId, period }) => html`<a href="/statements/${statementId}">${period}</a>` },
    { name: 'programmeName', head: ['Programme', 'Programme'], kind: 'text', sorts: true, value: ({ programmeName }) => programmeName, extra: true },
    { name: 'placeName', head: ['Lieu', 'Place'], kind: 'text', sorts: true, value: ({ placeName }) => placeName, extra: true },
    { name: 'grossCents', head: ['Brut', 'Gross'], kind: 'cents', sorts: true, sum: 'grossCents', value: ({ grossCents }) => grossCents },
    { name: 'feeCents', head: ['Opérateur', 'Operator'], kind: 'cents', value: ({ feeCents }) => feeCents },
    { name: 'vatCents', head: ['TVA', 'VAT'], kind: 'cents', value: ({ vatCents }) => vatCents },
    { name: 'commonsCents', head: ['Fonds commun', 'Commons'], kind: 'cents', value: ({ commonsCents }) => commonsCents },
    { name: 'netCents', head: ['Pour vous', 'For you'], kind: 'cents', value: ({ netCents }) => netCents },
  ],
  filters: [
    { name: 'serviceDate', words: ['Service', 'Service'], kind: 'days' },
    { name: 'grossCents', words: ['Brut', 'Gross'], kind: 'amounts' },
    { name: 'programmeName', words: ['Programme', 'Programme'], kind: 'text' },
    { name: 'placeName', words: ['Lieu', 'Place'], kind: 'text' },
    { name: 'kind', words: ['Nature', 'Kind'], kind: 'choice', choices: ({ say }) => Object.entries(KINDS).map(([kind, words]) => [kind, say(...words)] as const) },
    { name: 'statementId', words: ['Relevé', 'Statement'], kind: 'text' },
  ],
  totals: true,
  above: ({ say, language }, totals) => totals && headline(amount(totals.sums['grossCents'] ?? 0, language), say('de chèques dans ces lignes, avant frais.', 'of vouchers in these lines, before fees.')),
};
