// Money that goes back: to payers, and to whoever sent what was not ours.
import { z } from 'zod';
import { headline } from '../components.js';
import { amount, moment } from '../format.js';
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { choicesOf, REFUND_STATES, REFUND_WAYS, wordOf } from '../operator/words.js';
import { status } from '../status.js';

const item = z.object({
  refundId: z.string(), payerId: z.string().nullable(), bankLineId: z.string().nullable(), payeeId: z.string(),
  legalName: z.string().nullable(), amountCents: z.int(),
  takenAt: z.string(), way: z.string(), state: z.string(), bankState: z.string(),
});
type Refund = z.output<typeof item>;
const BANK_STATES = { none: ['Sans compte', 'No account'], proposed: ['À approuver', 'To approve'], approved: ['Approuvé', 'Approved'], blocked: ['Bloqué', 'Blocked'] } as const;

export const refundsList: List<Refund> = {
  path: '/refunds', api: '/settlement/refunds', item,
  title: ['Argent à rendre', 'Money to give back'], counted: [['somme', 'sum'], ['sommes', 'sums']],
  empty: { sentence: ['Rien n’est à rendre, et rien ne l’a été.', 'Nothing is to be given back, and nothing was.'] },
  columns: [
    { name: 'takenAt', head: ['Dû depuis le', 'Owed since'], kind: 'moment', value: ({ takenAt }) => takenAt, sorts: true, cell: ({ takenAt }, { language }) => moment(takenAt, language) },
    { name: 'legalName', head: ['À', 'To'], kind: 'text', value: ({ legalName }) => legalName, sorts: true,
      cell: ({ payeeId, legalName }, { say }) => html`<a href="/payees/${payeeId}">${legalName ?? say('Émetteur inconnu', 'Sender unknown')}</a>` },
    { name: 'why', head: ['Pourquoi', 'Why'], kind: 'text', value: ({ bankLineId }, { say }) => (bankLineId === null ? say('Remboursement d’un financeur', 'Refund to a payer') : say('Crédit qui n’était pas à nous', 'Credit that was not ours')),
      cell: ({ bankLineId }, { say }) => (bankLineId === null ? say('Remboursement d’un financeur', 'Refund to a payer') : html`<a href="/bank-lines/${bankLineId}">${say('Crédit qui n’était pas à nous', 'Credit that was not ours')}</a>`) },
    { name: 'way', head: ['Voie', 'Way'], kind: 'text', value: ({ way }, { say }) => wordOf(REFUND_WAYS, way, say) },
    { name: 'bankState', head: ['Compte', 'Account'], kind: 'text', value: ({ bankState }, { say }) => wordOf(BANK_STATES, bankState, say), cell: ({ bankState, way }, { say }) => (way === 'bank' ? status(bankState, say) : '') },
    { name: 'state', head: ['État', 'State'], kind: 'text', value: ({ state }, { say }) => wordOf(REFUND_STATES, state, say), cell: ({ state }, { say }) => status(state, say) },
    { name: 'amountCents', head: ['Montant', 'Amount'], kind: 'cents', value: ({ amountCents }) => amountCents, sorts: true, sum: 'amountCents' },
  ],
  filters: [
    { name: 'state', words: ['État', 'State'], kind: 'choice', choices: choicesOf(REFUND_STATES) },
    { name: 'bankState', words: ['Compte', 'Account'], kind: 'choice', choices: choicesOf(BANK_STATES) },
    { name: 'way', words: ['Voie', 'Way'], kind: 'choice', choices: choicesOf(REFUND_WAYS) },
    { name: 'legalName', words: ['À', 'To'], kind: 'text' },
    { name: 'takenAt', words: ['Dû', 'Owed'], kind: 'days' },
    { name: 'amountCents', words: ['Montant', 'Amount'], kind: 'amounts' },
  ],
  totals: true,
  above: ({ say, language }, totals) => totals && headline(amount(totals.sums['amountCents'] ?? 0, language), say('rendus ou à rendre dans cette liste.', 'given back, or to be, in this list.')),
};
