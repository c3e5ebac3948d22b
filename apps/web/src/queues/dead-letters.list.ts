// The messages that one service could not handle.
import { z } from 'zod';
import { moment } from '../format.js';
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { choicesOf, wordOf } from '../operator/words.js';
import { status } from '../status.js';
import { ERRORS, LETTER_STATES, lettersOf, SERVICE_WORDS, type ServiceOf } from './queue-words.js';

export const letter = z.object({
  deadLetterId: z.string(), sender: z.string(), seq: z.int(), type: z.string(), errorCode: z.string(),
  state: z.enum(['open', 'waiting', 'replayed']),
  failedAt: z.string(), replayedAt: z.string().nullable(),
  asked: z.array(z.object({ note: z.string(), askedBy: z.string(), askedAt: z.string() })),
});
export type Letter = z.output<typeof letter>;

export const deadLettersList = (service: ServiceOf): List<Letter> => ({
  path: `/dead-letters/${service}`, api: `/${service}/dead-letters`, item: letter,
  title: lettersOf(service), counted: [['message', 'message'], ['messages', 'messages']],
  empty: { sentence: ['Aucun : chaque message reçu a été traité.', 'None: every message that came was handled.'], next: { href: '/queues', words: ['Voir toutes les files', 'See all queues'] } },
  columns: [
    { name: 'failedAt', head: ['Depuis le', 'Since'], kind: 'moment', sorts: true, value: ({ failedAt }) => failedAt,
      cell: ({ deadLetterId, failedAt }, { language }) => html`<a href="/dead-letters/${service}/${deadLetterId}">${moment(failedAt, language)}</a>` },
    { name: 'errorCode', head: ['Pourquoi', 'Why'], kind: 'text', sorts: true, value: ({ errorCode }, { say }) => wordOf(ERRORS, errorCode, say) },
    { name: 'type', head: ['Message', 'Message'], kind: 'text', sorts: true, value: ({ type }) => type, cell: ({ type }) => html`<code>${type}</code>` },
    { name: 'sender', head: ['De', 'From'], kind: 'text', sorts: true, value: ({ sender }, { say }) => wordOf(SERVICE_WORDS, sender, say) },
    { name: 'seq', head: ['Numéro', 'Number'], kind: 'whole', value: ({ seq }) => seq },
    { name: 'state', head: ['État', 'State'], kind: 'text', value: ({ state }, { say }) => wordOf(LETTER_STATES, state, say), cell: ({ state }, { say }) => status(`letter_${state}`, say) },
  ],
  filters: [
    { name: 'state', words: ['État', 'State'], kind: 'choice', choices: choicesOf(LETTER_STATES) },
    { name: 'errorCode', words: ['Pourquoi', 'Why'], kind: 'choice', choices: choicesOf(ERRORS) },
    { name: 'sender', words: ['De', 'From'], kind: 'choice', choices: choicesOf(SERVICE_WORDS) },
    { name: 'type', words: ['Message', 'Message'], kind: 'text' },
    { name: 'failedAt', words: ['Depuis', 'Since'], kind: 'days' },
  ],
  totals: true,
});
