// What payees owe because their lines came to less than nothing for long enough.
import { z } from 'zod';
import { headline } from '../components.js';
import { amount } from '../format.js';
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { choicesOf, NOTE_STATES, wordOf, YES_NO } from '../operator/words.js';
import { status } from '../status.js';

export const noteHead = z.object({
  debitNoteId: z.string(), number: z.string(), payeeId: z.string(), legalName: z.string().nullable(), reference: z.string(),
  amountCents: z.int(), paidCents: z.int(),
  setOffCents: z.int(), lostCents: z.int(), leftCents: z.int(), state: z.string(), negativeSince: z.string(), issuedOn: z.string(),
  dueOn: z.string(),
});
const item = noteHead.extend({ lossProposed: z.string() });
type Note = z.output<typeof item>;

export const debitNotesList: List<Note> = {
  path: '/debit-notes', api: '/settlement/debit-notes', item,
  title: ['Notes de débit', 'Debit notes'], counted: [['note', 'note'], ['notes', 'notes']],
  empty: { sentence: ['Aucun bénéficiaire ne doit d’argent depuis quatre-vingt-dix jours.', 'No payee has owed money for ninety days.'] },
  columns: [
    { name: 'number', head: ['Numéro', 'Number'], kind: 'text', value: ({ number }) => number, sorts: true, cell: ({ debitNoteId, number }) => html`<a href="/debit-notes/${debitNoteId}">${number}</a>` },
    { name: 'legalName', head: ['Bénéficiaire', 'Payee'], kind: 'text', value: ({ legalName }) => legalName, sorts: true },
    { name: 'issuedOn', head: ['Émise le', 'Issued'], kind: 'day', value: ({ issuedOn }) => issuedOn, sorts: true },
    { name: 'dueOn', head: ['Au plus tard le', 'Due'], kind: 'day', value: ({ dueOn }) => dueOn, sorts: true },
    { name: 'reference', head: ['Référence', 'Reference'], kind: 'text', value: ({ reference }) => reference, extra: true },
    { name: 'state', head: ['État', 'State'], kind: 'text', value: ({ state }, { say }) => wordOf(NOTE_STATES, state, say), cell: ({ state }, { say }) => status(state, say) },
    { name: 'lossProposed', head: ['Perte proposée', 'Loss proposed'], kind: 'text', value: ({ lossProposed }, { say }) => wordOf(YES_NO, lossProposed, say), extra: true },
    { name: 'amountCents', head: ['Montant', 'Amount'], kind: 'cents', value: ({ amountCents }) => amountCents, sorts: true, sum: 'amountCents' },
    { name: 'leftCents', head: ['Reste', 'Left'], kind: 'cents', value: ({ leftCents }) => leftCents, sorts: true, sum: 'leftCents' },
  ],
  filters: [
    { name: 'state', words: ['État', 'State'], kind: 'choice', choices: choicesOf(NOTE_STATES) },
    { name: 'lossProposed', words: ['Perte proposée', 'Loss proposed'], kind: 'choice', choices: choicesOf(YES_NO) },
    { name: 'legalName', words: ['Bénéficiaire', 'Payee'], kind: 'text' },
    { name: 'number', words: ['Numéro', 'Number'], kind: 'text' },
    { name: 'dueOn', words: ['Au plus tard', 'Due'], kind: 'days' },
    { name: 'leftCents', words: ['Reste', 'Left'], kind: 'amounts' },
  ],
  totals: true,
  above: ({ say, language }, totals) => totals && headline(amount(totals.sums['leftCents'] ?? 0, language), say('restent dus par des bénéficiaires.', 'are still owed by payees.')),
};
