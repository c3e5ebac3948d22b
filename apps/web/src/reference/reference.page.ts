// The reference for who writes a program against this installation: how to begin, the routes, the events. Its text is that of the generated
// documents, in English; what leads through it is in the reader's language.
import { KEY_SCOPES } from '#libs/auth';
import { scopeWord } from '../api-keys/api-key-words.js';
import { table } from '../components.js';
import { html, type Html, type Piece } from '../html.js';
import { publicPage } from '../layout.js';
import type { Visit } from '../visit.js';
import { markdown } from './markdown.js';
import type { Reference, Route, ToldEvent } from './reference.data.js';

export const routeHref = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `/reference/route?of=${encodeURIComponent(`${method} ${path}`)}`;
const titleOf = ({ say }: Visit): string => say('Référence pour les développeurs', 'Reference for developers');
const routeLink = (route: Route): Html => html`<a class="route" href="${routeHref(route)}"><code>${route.method} ${route.path}</code></a>`;
const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

/** `up`: where one came from. */
function referencePage(visit: Visit, title: string, content: Piece, up = '/reference'): Html {
  return publicPage(visit, title, html`${title !== titleOf(visit) && html`<p class="small"><a href="${up}">${up === '/reference' ? titleOf(visit) : up === '/reference/events' ? eventsTitle(visit) : up.split('/').at(-1)}</a></p>`}
<h1>${title}</h1>${content}`);
}
/** The documents are written in English. */
const english = ({ language }: Visit, content: Piece): Html => (language === 'en' ? html`${content}` : html`<div lang="en">${content}</div>`);

export function referenceIndex(visit: Visit, { routes, events }: Reference): Html {
  const { say } = visit;
  const services = [...new Set(routes.map(({ service }) => service))]
    .map((service) => ({ service, count: routes.filter((one) => one.service === service).length }));
  return referencePage(visit, titleOf(visit), html`
<section class="section"><h2>${say('Commencer', 'Begin')}</h2><ol class="steps">
<li>${say('Qui répond de votre organisation crée une clé, et coche ce qu’elle peut.', 'Who answers for your organisation makes a key, and ticks what it may.')} <a href="/api-keys">${say('Clés d’accès', 'API keys')}</a></li>
<li>${say('Votre logiciel l’échange contre un jeton de cinq minutes.', 'Your program exchanges it for a token of five minutes.')}
<pre class="scroll small" tabindex="0">POST /identity/api-keys/tokens
{"key": "mereau_0123456789_…"}</pre></li>
<li>${say('Il l’envoie avec chaque demande ; un refus est un problème (RFC 9457) avec un code.', 'It sends it with each request; a refusal is a problem (RFC 9457) with a code.')}
<pre class="scroll small" tabindex="0">GET /redemption/redemptions/history
Authorization: Bearer …</pre></li></ol></section>
<section class="section"><h2>${say('Ce qu’une clé peut ouvrir', 'What a key can open')}</h2>
<p>${say('Tout le reste lui est fermé.', 'Everything else is closed to it.')}</p>
${table(say('Droits d’une clé', 'Scopes of a key'), [
    { head: say('Droit', 'Scope'), cell: (scope: string) => html`<code>${scope}</code><br>${scopeWord(scope, say)}` },
    { head: say('Routes', 'Routes'), cell: (scope) => routes.filter(({ keyScope }) => keyScope === scope).map((route) => html`${routeLink(route)}<br>`) },
  ], KEY_SCOPES)}</section>
<section class="section"><h2>${say('Toutes les routes', 'All routes')}</h2><ul class="lines">${services.map(({ service, count }) =>
    html`<li><a class="target" href="/reference/services/${service}">${service} (${String(count)})</a></li>`)}</ul></section>
<section class="section"><h2>${say('Événements', 'Events')}</h2><ul class="lines"><li><a class="target" href="/reference/events">${eventsTitle(visit)} (${String(events.length)})</a></li>
<li><a class="target" href="/reference/messages">${messagesTitle(visit)}</a></li></ul></section>`);
}

export function serviceReference(visit: Visit, service: string, routes: readonly Route[]): Html {
  const { say } = visit;
  return referencePage(visit, `${say('Routes de', 'Routes of')} ${service}`, english(visit, table(service, [
    { head: 'Route', cell: routeLink }, { head: 'For', cell: ({ summary }) => summary },
    { head: 'Who', cell: ({ who, keyScope }) => html`${who.join(', ')}${keyScope && html`<br><code>${keyScope}</code>`}` },
  ], routes)));
}

export function routeReference(visit: Visit, route: Route): Html {
  const { method, path, service, summary, who, keyScope, asksFreshCode, parameters, body, answers, refusals } = route;
  return referencePage(visit, `${method} ${path}`, english(visit, html`<p class="lead">${summary}</p>
<p>Who: ${who.join(', ')}. ${keyScope ? html`A key with <code>${keyScope}</code> may ask too.` : 'No key may ask.'}${asksFreshCode && ' A code of the second factor is asked for afresh.'}</p>
${parameters.length > 0 && html`<section class="section"><h2>Parameters</h2>${table('Parameters', [
    { head: 'Name', cell: ({ name, required }: Route['parameters'][number]) => html`<code>${name}</code>${required && ' *'}` }, { head: 'In', cell: (one) => one.in },
    { head: 'Is', cell: ({ description, schema }) => html`${description ?? schema?.['description'] as string ?? ''} ${schema && html`<code>${JSON.stringify(schema)}</code>`}` },
  ], parameters)}</section>`}
${body !== undefined && schemaPart('Body', body)}
${answers.map(([status, schema]) => (schema === undefined ? html`<section class="section"><h2>Answer ${status}</h2><p>Not JSON, or nothing.</p></section>` : schemaPart(`Answer ${status}`, schema)))}
${refusals.length > 0 && html`<section class="section"><h2>Refusals</h2><ul>${refusals.map((code) => html`<li><a href="/problems/${code}"><code>${code}</code></a></li>`)}</ul></section>`}`),
  `/reference/services/${service}`);
}

const schemaPart = (title: string, schema: unknown): Html => html`<section class="section"><h2>${title}</h2><pre class="scroll small" tabindex="0">${pretty(schema)}</pre></section>`;
const eventsTitle = ({ say }: Visit): string => say('Catalogue des événements', 'Catalogue of events');
const messagesTitle = ({ say }: Visit): string => say('Comment les messages voyagent', 'How messages travel');

export function eventsReference(visit: Visit, events: readonly ToldEvent[]): Html {
  return referencePage(visit, eventsTitle(visit), english(visit, table('Events', [
    { head: 'Event', cell: ({ type }: ToldEvent) => html`<a href="/reference/events/${type}"><code>${type}</code></a>` },
    { head: 'From', cell: ({ from }) => from }, { head: 'To', cell: ({ to }) => to.join(', ') },
  ], events)));
}

export const eventReference = (visit: Visit, { type, from, to, sample, schema }: ToldEvent): Html => referencePage(visit, type, english(visit, html`
<p>From ${from} to ${to.join(', ')}.</p>${schemaPart('Sample', sample)}${schemaPart('Schema', schema)}`), '/reference/events');

export const messagesReference = (visit: Visit, messages: string): Html =>
  referencePage(visit, messagesTitle(visit), english(visit, markdown(messages)));
