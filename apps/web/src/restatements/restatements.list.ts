// Who had the restated ledgers made again, and why.
import { z } from 'zod';
import { moment } from '../format.js';
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { status, statusWord } from '../status.js';

export const restatement = z.object({
  restatementId: z.string(), reason: z.string(), askedBy: z.string(), askedAt: z.string(),
  approvedBy: z.string().nullable(), approvedAt: z.string().nullable(), passedCount: z.int().nullable().default(null),
  eventCount: z.int().nullable().default(null),
});
export type Restatement = z.output<typeof restatement>;
const stateOf = ({ approvedAt }: Restatement): string => (approvedAt === null ? 'waiting' : 'begun');

export const restatementsList: List<Restatement> = {
  path: '/restatements', api: '/audit/restatements', item: restatement,
  title: ['Livres refaits', 'Ledgers made again'], counted: [['demande', 'request'], ['demandes', 'requests']],
  empty: {
    sentence: ['Ici se lira qui a fait refaire les livres de l’audit depuis le premier événement, et pourquoi.', 'Here you will read who had audit’s ledgers made again from the first event, and why.'],
    next: { href: '/restatements/new', words: ['Demander de tout refaire', 'Ask to make all of it again'] },
  },
  columns: [
    { name: 'askedAt', head: ['Demandé le', 'Asked'], kind: 'moment', value: ({ askedAt }) => askedAt,
      cell: ({ restatementId, askedAt }, { language }) => html`<a href="/restatements/${restatementId}">${moment(askedAt, language)}</a>` },
    { name: 'reason', head: ['Pourquoi', 'Why'], kind: 'text', value: ({ reason }) => reason },
    { name: 'approvedAt', head: ['Commencé le', 'Begun'], kind: 'moment', value: ({ approvedAt }) => approvedAt, cell: ({ approvedAt }, { language }) => moment(approvedAt, language) },
    { name: 'state', head: ['État', 'State'], kind: 'text', value: (one, { say }) => statusWord(stateOf(one), say), cell: (one, { say }) => status(stateOf(one), say) },
  ],
  filters: [], totals: false,
  above: ({ say }) => html`<p class="lead">${say('L’audit refait les livres à partir des événements, minute par minute. Tout refaire depuis le premier n’est utile qu’après un changement de ce qu’un événement fait bouger.',
    'Audit makes the ledgers again from the events, minute by minute. To make all of it again from the first one helps only after a change of what an event moves.')}</p>
<p class="field"><a class="button" href="/restatements/new">${say('Demander de tout refaire', 'Ask to make all of it again')}</a></p>`,
};
