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
const AROUND_POSTAL_CODE = /^(.*?)[\s,;-]*\b\d{5}\b[\s,;-]*(.*)$/s;

function partOf(text: string, field: Field, isWholeAddress: boolean): string {
  const [, before = '', after = ''] = isWholeAddress ? AROUND_POSTAL_CODE.exec(text) ?? ['', text, text] : ['', text, text];
  if (field === 'street') return before;
  return field === 'commune' ? after : text;
}

/** `44.93, 4.89`, or `POINT (4.89 44.93)`; what is no pair is told as unreadable, whole. */
function pairOf(text: string): readonly [string, string] {
  const numbers = text.match(/[-+]?\d+(?:[.,]\d+)?/g) ?? [];
  return numbers.length === 2 ? [numbers[0], numbers[1]] as [string, string] : [text, text];
}
