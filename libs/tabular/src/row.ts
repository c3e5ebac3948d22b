/** By clean name of the column; empty cells are left out. */
export type Cells = ReadonlyMap<string, string>;

/**
 * More cells than columns, so that none can be trusted; a quote that closed some lines later and may have swallowed rows;
 * more text than a row has; an entry of a list that is no object.
 */
export type RowFault = 'row_ragged' | 'row_quote_open' | 'row_too_long' | 'row_not_object';

export type Row = Readonly<{
  /** From 1, without the header and without blank rows. */
  number: number;
  /** Of the file, where the row ends; its number again in a JSON list. */
  line: number;
  cells: Cells;
  fault?: RowFault;
}>;
