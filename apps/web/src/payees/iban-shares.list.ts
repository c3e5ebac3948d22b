// IBANs that two payees share, or may.
import { z } from 'zod';
import { moment } from '../format.js';
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { status } from '../status.js';

const item = z.object({ shareId: z.string(), payeeId: z.string(), legalName: z.string().nullable(), iban: z.string(), reason: z.string(),
  proposedAt: z.string(), approvedAt: z.string().nullable(), withdrawnAt: z.string().nullable() });
type Share = z.output<typeof item>;

export const ibanSharesList: List<Share> = {
  path: '/iban-shares', api: '/settlement/iban-shares', item,
  title: ['IBAN partagés', 'Shared IBANs'], counted: [['partage', 'share'], ['partages', 'shares']], empty: { sentence: ['Aucun IBAN n’est partagé.', 'No IBAN is shared.'] },
  columns: [
    { name: 'legalName', head: ['Bénéficiaire', 'Payee'], kind: 'text', value: ({ legalName }) => legalName, cell: ({ payeeId, legalName }, { say }) => html`<a href="/payees/${payeeId}">${legalName ?? say('à compléter', 'to be completed')}</a>` },
    { name: 'iban', head: ['IBAN', 'IBAN'], kind: 'text', value: ({ iban }) => iban },
    { name: 'reason', head: ['Pourquoi', 'Why'], kind: 'text', value: ({ reason }) => reason },
    { name: 'proposedAt', head: ['Proposé le', 'Proposed'], kind: 'moment', value: ({ proposedAt }) => proposedAt, cell: ({ proposedAt }, { language }) => moment(proposedAt, language) },
    { name: 'state', head: ['État', 'State'], kind: 'text', value: ({ approvedAt, withdrawnAt }) => (withdrawnAt ? 'withdrawn' : approvedAt ? 'approved' : 'proposed'),
      cell: ({ approvedAt, withdrawnAt }, { say }) => status(withdrawnAt ? 'withdrawn' : approvedAt ? 'confirmed' : 'proposed', say) },
  ],
  filters: [{ name: 'payeeId', words: ['Identifiant du bénéficiaire', 'Id of the payee'], kind: 'text' }],
  totals: false,
};
