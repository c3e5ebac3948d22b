// What a list is: its rows, and what may be asked of each column.
import type { Noun } from '#libs/kernel';

/** Where a local day begins for a filter by days. */
export const LISTING_ZONE = 'Europe/Paris';

export type ColumnKind = 'text' | 'cents' | 'whole' | 'day' | 'moment' | 'uuid';

export type ListedColumn = Readonly<{
  kind: ColumnKind;
  /** Of a `uuid` that is asked for as it leaves: `plc_<uuid>`. */
  of?: Noun;
  /** May be sorted by; never null in `rows` then, for a page goes on after the value of the one before. */
  sort?: true;
  /** `choice`: one or several of `choices`. `contains`: a part of the text. `range`: `…From` and `…To`, both included. */
  filter?: 'choice' | 'contains' | 'equal' | 'range';
  choices?: readonly string[];
  /** Added up over everything that the filters leave. */
  sum?: true;
}>;

export type Listing = Readonly<{
  /**
   * One statement whose columns are named as those below, and `id` (uuid, unique). Who may see what is decided here: `$1`, `$2`, … are what
   * the handler hands in, never what the caller asked.
   */
  rows: string;
  columns: Readonly<Record<string, ListedColumn>>;
  /** Where the caller says nothing: a column, with `-` in front for the largest first. */
  usualSort: string;
}>;
