// Why no money leaves, now or before.
import { z } from 'zod';
import { moment } from '../format.js';
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { status } from '../status.js';

export const stop = z.object({
  stopId: z.string(), service: z.string(), invariant: z.string(), sentence: z.string(), rowNamed: z.string(), detail: z.string(),
  foundAt: z.string(), stoppedAt: z.string(),
  note: z.string().nullable(), liftedBy: z.string().nullable(), liftedAt: z.string().nullable(),
});
export type Stop = z.output<typeof stop>;

export const payoutStopsList: List<Stop> = {
  path: '/payout-stops', api: '/settlement/payout-stops', item: stop,
  title: ['Arrêts des virements', 'Payout stops'], counted: [['arrêt', 'stop'], ['arrêts', 'stops']],
  empty: { sentence: ['Aucun arrêt : l’argent peut partir.', 'No stop: money may leave.'] },
  columns: [
    { name: 'stoppedAt', head: ['Depuis le', 'Since'], kind: 'moment', value: ({ stoppedAt }) => stoppedAt,
      cell: ({ stopId, stoppedAt }, { language }) => html`<a href="/payout-stops/${stopId}">${moment(stoppedAt, language)}</a>` },
    { name: 'invariant', head: ['Contrôle', 'Check'], kind: 'text', value: ({ invariant }) => invariant },
    { name: 'sentence', head: ['Ce qui doit être vrai', 'What must hold'], kind: 'text', value: ({ sentence }) => sentence, cell: ({ sentence }) => html`<span lang="en">${sentence}</span>` },
    { name: 'service', head: ['Service', 'Service'], kind: 'text', value: ({ service }) => service },
    { name: 'state', head: ['État', 'State'], kind: 'text', value: ({ liftedAt }, { say }) => (liftedAt === null ? say('En vigueur', 'In force') : say('Levé', 'Lifted')),
      cell: ({ liftedAt }, { say }) => status(liftedAt === null ? 'standing' : 'lifted', say) },
  ],
  filters: [{ name: 'state', words: ['Montrer', 'Show'], kind: 'choice', choices: ({ say }) => [['all', say('aussi ceux qui sont levés', 'also those that were lifted')]] }],
  totals: false,
};

