// What keys of the organisation asked one service, for thirty days: patterns of routes, and nothing that was sent or answered.
import { z } from 'zod';
import { shortId } from '../format.js';
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { pill } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { LOG_WORDS, LOGS_OF_KIND, type LoggedService } from './api-key-words.js';

const item = z.object({
  keyId: z.string(), askedAt: z.string(), method: z.string(), route: z.string(), status: z.int(), tookMs: z.int(), requestId: z.string(),
});
type KeyRequest = z.output<typeof item>;

const FIRST_REFUSAL = 400;

export const keyRequestsList = (service: LoggedService): List<KeyRequest> => ({
  path: `/api-keys/requests/${service}`, api: `/${service}/key-requests`, item,
  title: ['Ce que vos clés ont demandé', 'What your keys asked'], counted: [['demande', 'request'], ['demandes', 'requests']],
  empty: {
    sentence: ['Aucune demande en trente jours.', 'No request in thirty days.'], next: { href: '/api-keys', words: ['Voir les clés', 'See the keys'] },
  },
  columns: [
    { name: 'askedAt', head: ['Quand', 'When'], kind: 'moment', value: ({ askedAt }) => askedAt, sorts: true },
    { name: 'method', head: ['Verbe', 'Method'], kind: 'text', value: ({ method }) => method },
    { name: 'route', head: ['Route', 'Route'], kind: 'text', value: ({ route }) => route, cell: ({ route }) => html`<code>${route}</code>`, sorts: true },
    { name: 'status', head: ['Réponse', 'Answer'], kind: 'text', value: ({ status }) => String(status), cell: ({ status }) => pill(status < FIRST_REFUSAL ? 'ok' : 'no', String(status)), sorts: true },
    { name: 'tookMs', head: ['Durée (ms)', 'Time (ms)'], kind: 'whole', value: ({ tookMs }) => tookMs, sorts: true },
    { name: 'keyId', head: ['Clé', 'Key'], kind: 'text', value: ({ keyId }) => keyId, cell: ({ keyId }) => html`<code title="${keyId}">${shortId(keyId)}</code>` },
    { name: 'requestId', head: ['Numéro', 'Number'], kind: 'text', value: ({ requestId }) => requestId, extra: true },
  ],
  filters: [
    { name: 'askedAt', words: ['Demandé', 'Asked'], kind: 'days' },
    { name: 'route', words: ['Route', 'Route'], kind: 'text' },
    { name: 'keyId', words: ['Clé', 'Key'], kind: 'text' },
    { name: 'method', words: ['Verbe', 'Method'], kind: 'choice', choices: () => ['GET', 'POST'].map((method) => [method, method] as const) },
  ],
  totals: true,
  above: (visit) => parts(visit, service),
});

/** Each service keeps its own. */
function parts({ say, person: { organisation: { kind } } }: SignedInVisit, at: LoggedService) {
  return html`<p class="small"><a href="/api-keys">${say('Clés d’accès', 'API keys')}</a></p>
<p>${(LOGS_OF_KIND[kind] ?? []).map((service, index) => html`${index > 0 && ' · '}<a href="/api-keys/requests/${service}" ${service === at && html`aria-current="page"`}>${say(...LOG_WORDS[service])}</a>`)}</p>
<p class="quiet">${say('Trente jours. Ni adresse, ni contenu, ni clé ; ce qui est venu trop souvent n’y est pas, ni, jusqu’à l’heure suivante, ce qui dépasse 1 000 demandes d’une clé ou 5 000 de toutes.',
    'Thirty days. No address, no content, no key; what came too often is not there, nor, until the next hour, what goes beyond 1,000 requests of a key or 5,000 of all.')}</p>`;
}
