// A list as a file: everything that is filtered, in the order and the columns of the page, page by page from the service.
import { csvLine, type CsvValue } from '#libs/tabular';
import { writeWorkbook, type CellValue, type Column } from '#libs/spreadsheet';
import { moment } from '../format.js';
import type { Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import type { ListColumn } from './list.js';
import type { ListPage } from './list.page.js';

type Columns<Item> = readonly ListColumn<Item>[];
/** A workbook is made in memory. */
export const WORKBOOK_ROWS_MAX = 20_000;
const BYTE_ORDER_MARK = '\uFEFF';
const WIDTHS = { text: 28, whole: 10, cents: 14, day: 12, moment: 22 } as const;

export class IncompleteExport extends Error {
  override name = 'IncompleteExport';
}

type Part<Item> = Pick<ListPage<Item>, 'items' | 'nextCursor'>;
/** Asks page after page. Throws IncompleteExport where one is not had: a file that ends early must not look whole. */
export async function* itemsOf<Item>(first: Part<Item>, more: (cursor: string) => Promise<Read<Part<Item>>>): AsyncGenerator<Item> {
  let page = first;
  for (;;) {
    yield* page.items;
    if (page.nextCursor === null) return;
    const next = await more(page.nextCursor);
    if (!next.ok) throw new IncompleteExport(`a page of a list was not had: ${next.code}`);
    page = next.value;
  }
}

/** As French spreadsheets open it: `;` between, a comma in amounts; in English a point. Cents are euros there. */
export async function* csvOf<Item>(visit: SignedInVisit, columns: Columns<Item>, items: AsyncIterable<Item>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(columns.map(({ head }) => visit.say(...head)), ';');
  for await (const item of items) yield csvLine(columns.map((column) => csvValue(visit, column, item)), ';');
}

function csvValue<Item>(visit: SignedInVisit, { kind, value }: ListColumn<Item>, item: Item): CsvValue {
  const held = value(item, visit);
  if (held === null) return null;
  switch (kind) {
    case 'cents': return eurosIn(Number(held), visit.language === 'fr' ? ',' : '.');
    case 'moment': return moment(String(held), visit.language);
    default: return held;
  }
}

function eurosIn(cents: number, point: string): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}${point}${digits.slice(-2)}`;
}

export function workbookOf<Item>(visit: SignedInVisit, title: string, columns: Columns<Item>, items: readonly Item[]): Promise<Buffer> {
  const heads = columns.map(({ head, kind }): Column => ({ head: visit.say(...head), kind: kind === 'moment' ? 'text' : kind, width: WIDTHS[kind] }));
  const rows = items.map((item) => columns.map((column): CellValue => {
    const held = column.value(item, visit);
    if (held === null) return null;
    return column.kind === 'cents' ? BigInt(held) : column.kind === 'moment' ? moment(String(held), visit.language) : held;
  }));
  return writeWorkbook({ sheet: title.replace(/[:\\/?*[\]]/g, ' ').slice(0, 24), at: new Date() }, heads, rows);
}
