// What waits between the services, in one table by service; below it, queue by queue.
import { z } from 'zod';
import { headline, missingPart, table } from '../components.js';
import { count, counted, moment } from '../format.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import { wordOf } from '../operator/words.js';
import type { Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import { age } from './age.js';
import { ERRORS, lettersOf, QUEUE_WORDS, SERVICE_WORDS, type ServiceOf } from './queue-words.js';

export const waiting = z.object({
  items: z.array(z.object({
    queue: z.string(), other: z.string().nullable(), count: z.int(), oldestAt: z.string(), lastErrorCode: z.string().nullable(),
  })),
});
type Waiting = z.output<typeof waiting>['items'][number];
export type Standing = Readonly<{ service: ServiceOf; read: Read<z.output<typeof waiting>> }>;
type Row = Readonly<{ service: ServiceOf; items: readonly Waiting[] }>;

/** Messages are under way all the time: what is younger than this waits for nobody. */
const USUAL_MS = 60_000;

export function queuesPage(visit: SignedInVisit, standing: readonly Standing[], now: number): Html {
  const { say, language } = visit;
  const title = say('Files de messages', 'Message queues');
  const rows = standing.flatMap(({ service, read }): Row[] => (read.ok ? [{ service, items: read.value.items }] : []));
  const dead = sum(rows.flatMap(({ items }) => items), 'dead');
  const isWhole = rows.length === standing.length;
  return signedInPage(visit, title, html`<h1>${title}</h1>
${dead > 0 ? headline(counted(dead, language, [say('message', 'message'), say('messages', 'messages')]), say('qu’aucun essai n’a pu traiter : une personne doit regarder.', 'that no try could handle: a person has to look.'))
    : isWhole && headline(say('Rien à reprendre', 'Nothing to take up'), say('Chaque message reçu a été traité, ou le sera sans personne.', 'Every message that came was handled, or will be without anybody.'))}
${standing.map(({ service, read }) => !read.ok && missingPart(say, say(...SERVICE_WORDS[service]), read))}
${rows.length > 0 && html`<section class="section">${byService(visit, rows, now)}</section>
<section class="section"><h2>${say('File par file', 'Queue by queue')}</h2>${byQueue(visit, rows, now)}</section>`}`);
}

const sum = (items: readonly Waiting[], ...queues: readonly string[]): number =>
  items.filter(({ queue }) => queues.includes(queue)).reduce((all, one) => all + one.count, 0);
const oldestOf = (items: readonly Waiting[]): string | undefined => items.map(({ oldestAt }) => oldestAt).sort()[0];

function byService({ say, language }: SignedInVisit, rows: readonly Row[], now: number): Html {
  const number = (...queues: string[]) => ({ items }: Row) => count(sum(items, ...queues), language);
  return table(say('Messages qui attendent, par service', 'Messages that wait, by service'), [
    { head: say('Service', 'Service'), cell: ({ service }: Row) => say(...SERVICE_WORDS[service]) },
    { head: say('Non traités', 'Not handled'), number: true, cell: ({ service, items }) => html`<a class="target" href="/dead-letters/${service}?state=open,waiting">${
      count(sum(items, 'dead'), language)}<span class="visually-hidden"> ${say(...lettersOf(service))}</span></a>` },
    { head: say('À envoyer', 'To send'), number: true, cell: number('unnumbered', 'unacknowledged') },
    { head: say('Reçus trop tôt', 'Came too early'), number: true, cell: number('out_of_order') },
    { head: say('Réessayés', 'Tried again'), number: true, cell: number('tried_again') },
    { head: say('Le plus ancien', 'The oldest'), cell: ({ items }) => {
      const oldest = oldestOf(items);
      return oldest === undefined ? html`<span class="quiet">${say('rien n’attend', 'nothing waits')}</span>` : age(now - Date.parse(oldest), say);
    } },
  ], rows);
}

function byQueue(visit: SignedInVisit, rows: readonly Row[], now: number): Html {
  const { say, language } = visit;
  const lines = rows.flatMap(({ service, items }) => items.map((item) => ({ service, ...item })));
  if (lines.length === 0) return html`<p class="empty">${say('Rien n’attend nulle part.', 'Nothing waits anywhere.')}</p>`;
  return table(say('File par file', 'Queue by queue'), [
    { head: say('Service', 'Service'), cell: ({ service }: (typeof lines)[number]) => say(...SERVICE_WORDS[service]) },
    { head: say('File', 'Queue'), cell: ({ queue, other }) => html`${wordOf(QUEUE_WORDS, queue, say)}${other !== null && html` ${wordOf(SERVICE_WORDS, other, say)}`}` },
    { head: say('Messages', 'Messages'), number: true, cell: (line) => count(line.count, language) },
    { head: say('Depuis', 'Since'), cell: ({ oldestAt, queue }) => (queue !== 'dead' && now - Date.parse(oldestAt) < USUAL_MS ? html`<span class="quiet">${say('à l’instant', 'just now')}</span>` : moment(oldestAt, language)) },
    { head: say('Dernière erreur', 'Last fault'), cell: ({ lastErrorCode }) => lastErrorCode !== null && wordOf(ERRORS, lastErrorCode, say) },
  ], lines);
}
