// Lines that a closing kept out of statements until somebody looks.
import { z } from 'zod';
import { amount, moment } from '../format.js';
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { choicesOf, HOLD_REASONS, wordOf } from '../operator/words.js';
import { pill } from '../status.js';

export const hold = z.object({
  holdId: z.string(), payeeId: z.string(), legalName: z.string().nullable(), period: z.string(), reason: z.string(),
  measureReason: z.string().nullable(), alertId: z.string().nullable(),
  alertTextFr: z.string().nullable(), alertTextEn: z.string().nullable(), appeal: z.string().nullable(), lines: z.int(),
  grossCents: z.int(), heldAt: z.string(), ageDays: z.int(),
  state: z.string(), note: z.string().nullable(), decidedBy: z.string().nullable(), decidedAt: z.string().nullable(),
});
export type Hold = z.output<typeof hold>;
const STATES = { held: ['En attente', 'On hold'], released: ['Libérées', 'Released'], rejected: ['Rejetées', 'Rejected'] } as const;

export const holdsList: List<Hold> = {
  path: '/holds', api: '/settlement/holds', item: hold,
  title: ['Lignes en attente', 'Lines on hold'], counted: [['mise en attente', 'hold'], ['mises en attente', 'holds']],
  empty: { sentence: ['Aucune ligne n’attend une revue.', 'No line waits for a review.'] },
  columns: [
    { name: 'legalName', head: ['Bénéficiaire', 'Payee'], kind: 'text', value: ({ legalName }) => legalName, cell: ({ holdId, legalName }, { say }) => html`<a href="/holds/${holdId}">${legalName ?? say('À compléter', 'To complete')}</a>` },
    { name: 'reason', head: ['Pourquoi', 'Why'], kind: 'text', value: ({ reason }, { say }) => wordOf(HOLD_REASONS, reason, say) },
    { name: 'heldAt', head: ['Depuis le', 'Since'], kind: 'moment', value: ({ heldAt }) => heldAt, cell: ({ heldAt }, { language }) => moment(heldAt, language) },
    { name: 'ageDays', head: ['Jours', 'Days'], kind: 'whole', value: ({ ageDays }) => ageDays },
    { name: 'lines', head: ['Lignes', 'Lines'], kind: 'whole', value: ({ lines }) => lines },
    { name: 'state', head: ['État', 'State'], kind: 'text', value: ({ state }, { say }) => wordOf(STATES, state, say), cell: ({ state }, { say }) => pill(state === 'held' ? 'wait' : state === 'released' ? 'ok' : 'no', wordOf(STATES, state, say)) },
    { name: 'grossCents', head: ['Montant', 'Amount'], kind: 'cents', value: ({ grossCents }) => grossCents, cell: ({ grossCents }, { language }) => amount(grossCents, language) },
  ],
  filters: [{ name: 'state', words: ['État (un seul)', 'State (one)'], kind: 'choice', choices: choicesOf(STATES) }, { name: 'payeeId', words: ['Identifiant du bénéficiaire', 'Id of the payee'], kind: 'text' }],
  totals: false,
};
