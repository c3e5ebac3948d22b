// What one balance is made of: whose it is, then the single facts, each with its event and the way to its proof.
import { headline, part, table } from '../components.js';
import { amount, count, moment } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { signedInPage } from '../layout.js';
import type { Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import { addressOf, type AskedAccount, type Fact, type Keyed } from './consolidation.data.js';
import { consolidationTitle } from './consolidation.page.js';

type PageOf<Item> = Readonly<{ items: readonly Item[]; nextCursor: string | null }>;

export function accountsPage(visit: SignedInVisit, asked: AskedAccount, read: Read<PageOf<Keyed>>): Html {
  const { say, language } = visit;
  const { cursor: _, ...of } = asked;
  return page(visit, asked, { title: say(`De quoi est fait ${asked.account}`, `What ${asked.account} is made of`), path: '/consolidation/accounts' }, read, (items) => html`
${headline(amount(items.reduce((sum, { debitLessCreditCents }) => sum + debitLessCreditCents, 0), language), say('de débit moins crédit sur cette page.', 'of debit less credit on this page.'))}
${table(say('À qui', 'Whose'), [
    { head: say('À qui', 'Whose'), cell: ({ key }: Keyed) => html`<a href="${addressOf('/consolidation/facts', { ...of, key })}">${
      key === '' ? say('ce qu’aucun message ne dit', 'what no message tells') : html`<code>${key}</code>`}</a>` },
    { head: say('Écritures', 'Transfers'), number: true, cell: ({ transfers }) => count(transfers, language) },
    { head: say('Débit moins crédit', 'Debit less credit'), number: true, cell: ({ debitLessCreditCents }) => amount(debitLessCreditCents, language) },
  ], items)}`);
}

export function factsPage(visit: SignedInVisit, asked: AskedAccount, read: Read<PageOf<Fact>>): Html {
  const { say, language } = visit;
  return page(visit, asked, { title: say(`Faits de ${asked.account}`, `Facts of ${asked.account}`), path: '/consolidation/facts' }, read, (items) => html`
<p class="lead">${asked.key !== undefined && asked.key !== '' && html`<code>${asked.key}</code> – `}${say('chaque ligne est un événement, avec sa preuve.', 'each line is an event, with its proof.')}</p>
${table(say('Faits', 'Facts'), [
    { head: say('Moment', 'Moment'), cell: ({ occurredAt }: Fact) => moment(occurredAt, language) },
    { head: say('Événement', 'Event'), cell: ({ eventId, type }) => html`<a href="/events/one/${eventId}">${type}</a>` },
    { head: say('Numéro', 'Number'), cell: ({ sender, seq }) => html`${sender} ${count(seq, language)}` },
    { head: say('Règle', 'Rule'), cell: ({ rule }) => rule },
    { head: say('En face', 'Facing'), cell: ({ facing }) => html`<code>${facing}</code>` },
    { head: say('Débit moins crédit', 'Debit less credit'), number: true, cell: ({ debitLessCreditCents }) => amount(debitLessCreditCents, language) },
    { head: say('Preuve', 'Proof'), cell: ({ eventId, logIndex }) => (logIndex === null ? say('attend d’être scellé', 'waits to be sealed')
      : html`<a href="/proofs?of=${eventId}">${say('feuille', 'leaf')} ${count(logIndex, language)}</a>`) },
  ], items)}`);
}

type Named = Readonly<{ title: string; path: string }>;

function page<Item>(
  visit: SignedInVisit, asked: AskedAccount, { title, path }: Named, read: Read<PageOf<Item>>, show: (items: readonly Item[]) => Piece,
): Html {
  const { say } = visit;
  const back = asked.at === '' ? '/consolidation' : `/consolidation?at=${asked.at}`;
  return signedInPage(visit, title, html`<p class="small"><a href="${back}">${consolidationTitle(visit)}</a></p><h1>${title}</h1>${
    part(read, say, title, ({ items, nextCursor }) => html`${items.length === 0 ? headline(say('Rien', 'Nothing'), say('n’a bougé sur ce compte jusque-là.', 'moved on this account until then.')) : show(items)}${
      nextCursor !== null && html`<p class="field"><a class="button" href="${addressOf(path, { ...asked, cursor: nextCursor })}" rel="next">${say('Suite', 'More')}</a></p>`}`)}`);
}
