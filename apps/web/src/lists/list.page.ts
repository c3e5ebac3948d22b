// How a list looks: the answer, the filters, the table, its count and sums, the files of exactly this, the next page.
import { missingPart } from '../components.js';
import { amount, count, counted, day, moment } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { signedInPage } from '../layout.js';
import type { Problem, Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import type { ListAddress } from './list-address.js';
import { filterForm } from './list-filters.js';
import type { List, ListColumn, Totals } from './list.js';

export type ListPage<Item> = Readonly<{ items: readonly Item[]; nextCursor: string | null; totals: Totals | null }>;

/** The answer of the screen, and a person's own views. */
export type AboveList = Readonly<{ above?: Piece | undefined; views?: Piece }>;

export function listPage<Item>(
  visit: SignedInVisit, list: List<Item>, address: ListAddress<Item>, read: Read<ListPage<Item>>,
  { above = null, views = null }: AboveList = {},
): Html {
  const { say } = visit;
  const title = say(...list.title);
  return signedInPage(visit, title, html`<h1>${title}</h1>
${above}
${views}
${filterForm(visit, list, address)}
${read.ok ? listed(visit, list, address, read.value) : notListed(visit, title, read)}`);
}

/** A filter that the service does not take is said beside the filters, which stay as they were typed. */
function notListed({ say }: SignedInVisit, title: string, problem: Problem): Html {
  if (problem.status !== 400) return missingPart(say, title, problem);
  const fields = problem.errors.map(({ path }) => path).join(', ');
  return html`<div class="notice no" role="alert"><p>${say('Un filtre n’a pas la forme attendue. Corrigez-le ou effacez-le.', 'A filter is not of the expected form. Correct or clear it.')} <code>${fields}</code></p></div>`;
}

function listed<Item>(visit: SignedInVisit, list: List<Item>, address: ListAddress<Item>, page: ListPage<Item>): Html {
  const [{ say }, { items, nextCursor, totals }] = [visit, page];
  if (items.length === 0) return nothing(visit, list, address);
  const columns = address.columns;
  const rows = items.map((item) => html`<tr>${columns.map((column, index) => cellOf(visit, column, item, index === 0))}</tr>`);
  const title = say(...list.title);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="list"><caption class="visually-hidden">${title}</caption>
<thead><tr>${columns.map((column) => head(visit, address, column))}</tr></thead><tbody>${rows}</tbody>${totals && foot(visit, list, columns, totals)}</table></div>
<p class="list-end">${nextCursor !== null && html`<a class="button" href="${address.with({ cursor: nextCursor })}" rel="next">${say('Suite de la liste', 'More of the list')}</a>`}${
  address.value('cursor') !== '' && html`<a href="${address.with({})}">${say('Début de la liste', 'Beginning of the list')}</a>`}
<span class="grow"></span><span class="small">${say('Tout ce qui est filtré :', 'All that is filtered:')} <a href="${address.with({}, '.csv')}" download>CSV</a> · <a href="${
  address.with({}, '.xlsx')}" download>XLSX</a></span></p>`;
}

function nothing<Item>({ say }: SignedInVisit, { empty, path }: List<Item>, address: ListAddress<Item>): Html {
  if (address.filtered.length > 0) {
    return html`<p class="empty">${say('Rien pour ces filtres.', 'Nothing for these filters.')} <a href="${path}">${say('Effacer les filtres', 'Clear the filters')}</a></p>`;
  }
  return html`<p class="empty">${say(...empty.sentence)}</p>${empty.next && html`<p class="field"><a class="button filled" href="${empty.next.href}">${say(...empty.next.words)}</a></p>`}`;
}

const isNumber = <Item>({ kind }: ListColumn<Item>): boolean => kind === 'whole' || kind === 'cents';

/** A press on a head sorts by it, the largest first; another press, the smallest. */
function head<Item>({ say }: SignedInVisit, address: ListAddress<Item>, column: ListColumn<Item>): Html {
  const word = say(...column.head);
  const [sort, name] = [address.value('sort'), column.name];
  const order = sort === name ? 'ascending' : sort === `-${name}` ? 'descending' : undefined;
  const sign = order === 'ascending' ? ' ↑' : order === 'descending' ? ' ↓' : '';
  return html`<th scope="col" class="${isNumber(column) ? 'number' : ''}" ${order && html`aria-sort="${order}"`}>${column.sorts
    ? html`<a href="${address.with({ sort: order === 'descending' ? name : `-${name}` })}">${word}${sign && html`<span aria-hidden="true">${sign}</span>`}</a>` : word}</th>`;
}

function cellOf<Item>(visit: SignedInVisit, column: ListColumn<Item>, item: Item, first: boolean): Html {
  const shown = column.cell?.(item, visit) ?? plain(visit, column, item);
  if (first) return html`<th scope="row">${shown}</th>`;
  return html`<td class="${isNumber(column) ? 'number' : ''}" data-head="${visit.say(...column.head)}">${shown}</td>`;
}

function plain<Item>(visit: SignedInVisit, { kind, value }: ListColumn<Item>, item: Item): Piece {
  const { language, say } = visit;
  const held = value(item, visit);
  if (held === null || held === '') return html`<span class="quiet" title="${say('Inconnu', 'Unknown')}">–</span>`;
  switch (kind) {
    case 'cents': return amount(Number(held), language);
    case 'whole': return count(Number(held), language);
    case 'day': return day(String(held), language);
    case 'moment': return moment(String(held), language);
    case 'text': return held;
  }
}

function foot<Item>(visit: SignedInVisit, list: List<Item>, columns: readonly ListColumn<Item>[], { count: all, sums }: Totals): Html {
  const [{ say, language }, [one, many]] = [visit, list.counted];
  const cells = columns.map((column, index) => (index === 0 ? html`<td>${counted(all, language, [say(...one), say(...many)])}</td>`
    : html`<td class="${isNumber(column) ? 'number' : ''}">${column.sum !== undefined && amount(sums[column.sum] ?? 0, language)}</td>`));
  return html`<tfoot><tr>${cells}</tr></tfoot>`;
}
