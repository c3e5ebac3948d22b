// A worksheet as a file: one row per item, with what was found of it last, by whom and when, and what was said before.
import type { ListColumn } from '../lists/list.js';
import type { Item } from './desk.data.js';
import { verdictName } from './desk-words.js';

type Column = ListColumn<Item>;
const last = ({ marks }: Item) => marks.at(-1);

const before: Column['value'] = ({ marks }, { say }) =>
  marks.slice(0, -1).map(({ verdict, note, at }) => `${at} ${verdictName(verdict, say)}${note === null ? '' : ` : ${note}`}`).join(' | ');

export const WORKSHEET: readonly Column[] = [
  { name: 'position', head: ['Rang', 'Position'], kind: 'whole', value: ({ position }) => position },
  { name: 'eventId', head: ['Événement', 'Event'], kind: 'text', value: ({ eventId }) => eventId },
  { name: 'type', head: ['Nature', 'Type'], kind: 'text', value: ({ type }) => type },
  { name: 'occurredAt', head: ['Moment', 'Moment'], kind: 'moment', value: ({ occurredAt }) => occurredAt },
  { name: 'stratum', head: ['Strate', 'Stratum'], kind: 'text', value: ({ stratum }) => stratum },
  { name: 'amountCents', head: ['Montant', 'Amount'], kind: 'cents', value: ({ amountCents }) => amountCents },
  { name: 'verdict', head: ['Constat', 'Verdict'], kind: 'text', value: ({ verdict }, { say }) => verdictName(verdict, say) },
  { name: 'note', head: ['Note', 'Note'], kind: 'text', value: (item) => last(item)?.note ?? null },
  { name: 'by', head: ['Par', 'By'], kind: 'text', value: (item) => last(item)?.by ?? null },
  { name: 'at', head: ['Noté le', 'Written'], kind: 'moment', value: (item) => last(item)?.at ?? null },
  { name: 'before', head: ['Dit avant', 'Said before'], kind: 'text', value: before },
];
