// One list as the search asks it: by the list's own address, so that what is found and what the list shows are the same.
import { z } from 'zod';
import { amount, day, moment } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { ListAddress } from '../lists/list-address.js';
import type { List, ListColumn, Words } from '../lists/list.js';
import type { Read, Services } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import type { Form, SearchTerm } from './search-term.js';

/** Enough to recognise what was meant; the rest is behind the link to the list. */
export const SHOWN_MAX = 5;

export type SearchText = Extract<SearchTerm, { kind: 'text' }>;
export type Found = Readonly<{
  title: Words; /** The list, filtered so. */ href: string;
  rows: Read<Readonly<{ lines: readonly Html[]; more: boolean }>>;
}>;
export type Searched = Readonly<{
  title: Words;
  roles: readonly string[];
  /** Undefined where the list cannot be asked by what was typed: nobody is asked then. */
  search: (visit: SignedInVisit, services: Services, term: SearchText) => Promise<Found> | undefined;
}>;
type Asking = Readonly<{ roles: readonly string[]; by: Readonly<Partial<Record<Form, string>>> }>;

export function searched<Item>(list: List<Item>, { roles, by }: Asking): Searched {
  const shape = z.object({ items: z.array(list.item), nextCursor: z.string().nullable() });
  const { title } = list;
  return {
    title, roles,
    search: (visit, services, { text, forms }) => {
      const form = forms.find((one) => by[one] !== undefined);
      if (form === undefined) return undefined;
      const address = addressOf(list, by[form]!, form, text);
      const question = address.question(SHOWN_MAX);
      question.delete('totals');
      return services.get(`${list.api}?${question}`, shape, visit.person.bearer).then((read): Found => ({
        title, href: address.with({}),
        rows: read.ok ? { ok: true, value: {
          lines: read.value.items.map((item) => lineOf(visit, list, item, by.amount)), more: read.value.nextCursor !== null,
        } } : read,
      }));
    },
  };
}

function addressOf<Item>(list: List<Item>, filter: string, form: Form, text: string): ListAddress<Item> {
  const value = form === 'amount' ? { [`${filter}From`]: text, [`${filter}To`]: text } : { [filter]: text };
  return ListAddress.of(list, `?${new URLSearchParams(value)}`);
}

/** What leads to it, then a word, a day, a state, and the amount that it is found by, whichever of them the list has. */
function lineOf<Item>(visit: SignedInVisit, { columns }: List<Item>, item: Item, amountName?: string): Html {
  const shown = columns.map((column) => [column, pieceOf(visit, column, item)] as const);
  const link = shown.find(([, piece]) => String(piece).includes('<a ')) ?? shown[0]!;
  const rest = [
    columns.find(({ kind, name }) => kind === 'text' && name !== link[0].name && name !== 'state'),
    columns.find(({ kind, name }) => (kind === 'day' || kind === 'moment') && name !== link[0].name),
    columns.find(({ name }) => name === 'state'),
  ].map((column) => shown.find(([one]) => one === column)?.[1]).filter((piece) => piece !== undefined && piece !== '');
  const money = columns.find(({ name }) => name === amountName) ?? columns.findLast(({ kind, extra }) => kind === 'cents' && !extra);
  return html`<li><span class="what"><b>${link[1]}</b>${rest.map((piece, index) => html`${index > 0 && ' · '}${piece}`)}</span>
${money && html`<span>${pieceOf(visit, money, item)}</span>`}</li>`;
}

function pieceOf<Item>(visit: SignedInVisit, column: ListColumn<Item>, item: Item): Piece {
  const held = column.value(item, visit);
  if (column.cell) return column.cell(item, visit);
  if (held === null) return '';
  switch (column.kind) {
    case 'cents': return amount(Number(held), visit.language);
    case 'day': return day(String(held), visit.language);
    case 'moment': return moment(String(held), visit.language);
    case 'text': case 'whole': return held;
  }
}
