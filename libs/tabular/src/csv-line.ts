/** A number stands for itself; null is an empty cell. */
export type CsvValue = string | number | bigint | null;

/** A tab or a line end in front is how the four signs are smuggled past a check of the first character. */
const FORMULA = /^[=+\-@\t\r\n]/;
/** An amount below zero begins with one of the signs and runs nothing. */
const NUMBER = /^-\d+(?:[.,]\d+)?$/;

/**
 * One line of a CSV, with its end. Text that a spreadsheet would run as a formula gets an apostrophe in front: people wrote
 * some of it, and whoever opens the file trusts us. Quoted where the delimiter, a quote or a line end is in it.
 */
export const csvLine = (cells: readonly CsvValue[], delimiter: ',' | ';'): string =>
  `${cells.map((value) => csvCell(value, delimiter)).join(delimiter)}\r\n`;

function csvCell(value: CsvValue, delimiter: string): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value;
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
