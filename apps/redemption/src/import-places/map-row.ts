// A row of any file as one of the standard, by what somebody said about its columns: from there it is read as any other.
import type { Row } from '#libs/tabular';
import { POSITION_COLUMNS } from '../lamednum/columns.js';
import { ruleOf, type Field } from '../lamednum/fields.js';
import type { Mapping } from './column-mapping.decision.js';

/** Cells of columns that nobody mapped are dropped, also where one of them has a name of the standard. */
export function mapRow(mapping: Mapping<Field>, row: Row): Row {
  const cells = new Map<string, string>();
  for (const [field, columns] of mapping.columns) {
    const texts = columns.map((column) => partOf(row.cells.get(column) ?? '', field, isAddress(mapping, column)));
    const text = texts.filter((part) => part !== '').join(ruleOf(field).glue ?? '');
    if (text === '') continue;
    if (field === 'position') {
      const [latitude, longitude] = pairOf(text);
      cells.set(POSITION_COLUMNS.latitude[0]!, latitude).set(POSITION_COLUMNS.longitude[0]!, longitude);
    } else cells.set(ruleOf(field).column, text);
  }
  if (mapping.source !== null) cells.set(ruleOf('source').column, mapping.source);
  return { ...row, cells };
}

/** A column that is mapped to the postal code and to another part of the address holds both. */
const isAddress = ({ columns }: Mapping<Field>, column: string): boolean =>
  (columns.get('postalCode') ?? []).includes(column);

/** `12 rue des Tilleuls, 26000 Valence`: the street stands before the postal code, the commune after it. */
const POSTAL_CODE = /\b\d{5}\b/;
/** Looked for from the ends: one expression around the code would try every run of blanks from each of its blanks. */
const GLUE = new Set(' \t\r\n\u00A0,;-');

function aroundPostalCode(text: string): readonly [before: string, after: string] {
  const found = POSTAL_CODE.exec(text);
  if (!found) return [text, text];
  let [end, begin] = [found.index, found.index + found[0].length];
  while (end > 0 && GLUE.has(text[end - 1]!)) end -= 1;
  while (begin < text.length && GLUE.has(text[begin]!)) begin += 1;
  return [text.slice(0, end), text.slice(begin)];
}

function partOf(text: string, field: Field, isWholeAddress: boolean): string {
  const [before, after] = isWholeAddress ? aroundPostalCode(text) : [text, text];
  if (field === 'street') return before;
  return field === 'commune' ? after : text;
}

/** `44.93, 4.89`, or `POINT (4.89 44.93)`; what is no pair is told as unreadable, whole. */
function pairOf(text: string): readonly [string, string] {
  const numbers = text.match(/[-+]?\d+(?:[.,]\d+)?/g) ?? [];
  return numbers.length === 2 ? [numbers[0], numbers[1]] as [string, string] : [text, text];
}
