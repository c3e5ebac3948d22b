// A list as a page: what it asks, which columns it has, and what it says when nothing is there. One declaration makes the
// page, its CSV and its workbook.
import type { z } from 'zod';
import type { Piece } from '../html.js';
import type { Services } from '../services.js';
import type { SignedInVisit } from '../visit.js';

export type Words = readonly [french: string, english: string];

export type ListColumn<Item> = Readonly<{
  /** In the address (`columns=`), and by which the service sorts where `sorts` is set. */
  name: string;
  head: Words;
  kind: 'text' | 'whole' | 'cents' | 'day' | 'moment';
  /** As it leaves in a file: words, whole cents, `YYYY-MM-DD`, an instant; null where unknown. */
  value: (item: Item, visit: SignedInVisit) => string | number | null;
  /** As the page shows it, where that is more than its value: a link, a status. */
  cell?: (item: Item, visit: SignedInVisit) => Piece;
  sorts?: true;
  /** By its name among the sums of the service's totals: added up in the foot. */
  sum?: string;
  /** Shown once somebody chooses it. */
  extra?: true;
}>;

/** `name` is the service's parameter; a range has two, `…From` and `…To`. Amounts are euros in the address and cents for the service. */
export type ListFilter = Readonly<{
  name: string; words: Words;
  /** Offered to these roles; of others the service shows their own anyway. */
  roles?: readonly string[];
}> & (
  /** `one`: where the service takes a single value. */
  | Readonly<{ kind: 'choice' | 'one'; choices: (visit: SignedInVisit) => readonly (readonly [value: string, label: string])[] }>
  | Readonly<{ kind: 'text' | 'days' | 'amounts' }>);

export type List<Item> = Readonly<{
  /** Of the page; its files are at `.csv` and `.xlsx` beside it. */
  path: string;
  /** Where the service answers, `{ items, nextCursor, totals? }`. */
  api: string;
  item: z.ZodType<Item>;
  title: Words;
  /** `1 chèque`, `2 chèques`: for the count. */
  counted: readonly [one: Words, many: Words];
  /** What will be here one day, and the next step. */
  empty: Readonly<{ sentence: Words; next?: Readonly<{ href: string; words: Words }> }>;
  columns: readonly ListColumn<Item>[];
  filters: readonly ListFilter[];
  /** The service counts and sums what is filtered (`totals=true`). */
  totals: boolean;
  /** In front of the table: the answer of the screen. May ask for what the list itself does not hold. */
  above?: (visit: SignedInVisit, totals: Totals | null, services: Services) => Piece | Promise<Piece>;
}>;

export type Totals = Readonly<{ count: number; sums: Readonly<Record<string, number>> }>;
