// Events of one sender in the order of its numbers: what the auditor's own copy holds.
import { z } from 'zod';
import { headline, part, table } from '../components.js';
import { count, moment } from '../format.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import type { Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';

export const eventShape = z.object({
  id: z.string(), sender: z.string(), seq: z.int(), type: z.string(), subject: z.string(), occurredAt: z.string(),
  causationId: z.string().nullable(), correlationId: z.string(), actor: z.unknown(), body: z.unknown(),
});
export const eventsShape = z.object({ items: z.array(eventShape), nextCursor: z.string().nullable() });
type Event = z.output<typeof eventShape>;

export function eventsPage(visit: SignedInVisit, sender: string, read: Read<z.output<typeof eventsShape>>): Html {
  const { say, language } = visit;
  const title = say(`Événements de ${sender}`, `Events of ${sender}`);
  return signedInPage(visit, title, html`<p class="small"><a href="/home">${say('Contrôles', 'Checks')}</a></p><h1>${title}</h1>
${part(read, say, title, ({ items, nextCursor }) => html`${table(title, [
    { head: say('Numéro', 'Number'), cell: ({ seq }: Event) => count(seq, language) },
    { head: say('Moment', 'Moment'), cell: ({ occurredAt }) => moment(occurredAt, language) },
    { head: say('Événement', 'Event'), cell: ({ type, id }) => html`<a href="/events/one/${id}">${type}</a>` },
    { head: say('Sujet', 'Subject'), cell: ({ subject }) => html`<code>${subject}</code>` },
  ], items)}${nextCursor && html`<p class="section"><a class="button" href="/events/${sender}?cursor=${nextCursor}">${say('Suivants', 'Next')}</a></p>`}`)}`);
}

export function eventPage(visit: SignedInVisit, event: Event): Html {
  const { say, language } = visit;
  const facts: readonly (readonly [string, string])[] = [
    [say('Service et numéro', 'Service and number'), `${event.sender} ${event.seq}`], [say('Sujet', 'Subject'), event.subject],
    [say('Cause', 'Cause'), event.causationId ?? '–'], [say('Demande', 'Request'), event.correlationId], [say('Par', 'By'), JSON.stringify(event.actor)],
  ];
  return signedInPage(visit, event.type, html`<p class="small"><a href="/events/${event.sender}">${say('Événements', 'Events')}</a></p><h1>${event.type}</h1>
${headline(moment(event.occurredAt, language), event.id)}
<dl class="lines section">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd><code>${value}</code></dd></div>`)}</dl>
<section class="section"><h2>${say('Contenu', 'Content')}</h2><pre class="scroll code small" tabindex="0">${JSON.stringify(event.body, null, 2)}</pre></section>`);
}
