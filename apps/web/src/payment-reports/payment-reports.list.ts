// What the bank said of our payment files before any debit.
import { z } from 'zod';
import { headline } from '../components.js';
import { amount, moment } from '../format.js';
import { html } from '../html.js';
import type { List } from '../lists/list.js';

export const report = z.object({
  reportId: z.string(), runId: z.string().nullable(), messageId: z.string(), originalMessageId: z.string(), importedBy: z.string(),
  importedAt: z.string(), statuses: z.int(), rejected: z.int(), findings: z.int(), rejectedCents: z.int(),
});
export type Report = z.output<typeof report>;

export const paymentReportsList: List<Report> = {
  path: '/payment-reports', api: '/settlement/payment-reports', item: report,
  title: ['Comptes rendus de virements', 'Reports about payments'], counted: [['compte rendu', 'report'], ['comptes rendus', 'reports']],
  empty: {
    sentence: ['Aucun compte rendu n’a été reçu : la banque en fait un quand elle refuse un virement.', 'No report was received: the bank makes one when it rejects a payment.'],
    next: { href: '/bank-files', words: ['Envoyer un fichier de la banque', 'Send a file of the bank'] },
  },
  columns: [
    { name: 'importedAt', head: ['Reçu le', 'Received'], kind: 'moment', value: ({ importedAt }) => importedAt, sorts: true,
      cell: ({ reportId, importedAt }, { language }) => html`<a href="/payment-reports/${reportId}">${moment(importedAt, language)}</a>` },
    { name: 'originalMessageId', head: ['Campagne', 'Run'], kind: 'text', value: ({ originalMessageId }) => originalMessageId, sorts: true,
      cell: ({ runId, originalMessageId }) => (runId ? html`<a href="/runs/${runId}">${originalMessageId}</a>` : originalMessageId) },
    { name: 'messageId', head: ['Référence de la banque', 'Reference of the bank'], kind: 'text', value: ({ messageId }) => messageId, extra: true },
    { name: 'rejected', head: ['Refusés', 'Rejected'], kind: 'whole', value: ({ rejected }) => rejected, sorts: true, sum: 'rejected' },
    { name: 'findings', head: ['Inexpliqués', 'Not explained'], kind: 'whole', value: ({ findings }) => findings, sorts: true, sum: 'findings' },
    { name: 'rejectedCents', head: ['À nouveau dû', 'Owed again'], kind: 'cents', value: ({ rejectedCents }) => rejectedCents, sorts: true, sum: 'rejectedCents' },
  ],
  filters: [
    { name: 'originalMessageId', words: ['Campagne', 'Run'], kind: 'text' },
    { name: 'messageId', words: ['Référence de la banque', 'Reference of the bank'], kind: 'text' },
    { name: 'importedAt', words: ['Reçu', 'Received'], kind: 'days' },
    { name: 'rejectedCents', words: ['À nouveau dû', 'Owed again'], kind: 'amounts' },
  ],
  totals: true,
  above: ({ say, language }, totals) => html`${totals && headline(amount(totals.sums['rejectedCents'] ?? 0, language), say('refusés par la banque dans cette liste, à nouveau dus.', 'rejected by the bank in this list, owed again.'))}
<p class="field"><a href="/bank-files">${say('Envoyer un fichier de la banque', 'Send a file of the bank')}</a></p>`,
};
