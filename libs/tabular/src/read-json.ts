// A JSON list of objects, entry by entry: a national file is too large to stand in memory twice.
import { JSONParser, TokenType } from '@streamparser/json';
import { cleanText } from './clean-text.js';
import type { Columns } from './columns.js';
import { COLUMNS_MAX, JSON_DEPTH_MAX, ROW_CHARACTERS_MAX, SLICE_BYTES } from './limits.js';
import { lengthOf } from './read-csv.js';
import type { Row } from './row.js';

/** Throws what the parser throws on anything that is not one list. */
export async function* readJsonRows(bytes: Buffer, seen: Columns): AsyncGenerator<Row> {
  const entries: unknown[] = [];
  const parser = listParser((entry) => { entries.push(entry); });
  let number = 0;
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
    parser.write(bytes.subarray(at, at + SLICE_BYTES));
    for (const entry of entries.splice(0)) {
      number += 1;
      yield rowOf(entry, number, seen);
    }
    // Nothing here waits for anything: others get their turn between slices.
    await new Promise((resume) => { setImmediate(resume); });
  }
  if (!parser.isEnded) throw new SyntaxError('the list does not end');
}

function listParser(take: (entry: unknown) => void): JSONParser {
  const parser = new JSONParser({ paths: ['$.*'], keepStack: false });
  let depth = 0;
  parser.onToken = ({ token }) => {
    if (depth === 0 && token !== TokenType.LEFT_BRACKET) throw new SyntaxError('not a list');
    if (token === TokenType.LEFT_BRACKET || token === TokenType.LEFT_BRACE) depth += 1;
    if (token === TokenType.RIGHT_BRACKET || token === TokenType.RIGHT_BRACE) depth -= 1;
    if (depth > JSON_DEPTH_MAX) throw new SyntaxError('nested too deep');
  };
  parser.onValue = ({ value }) => { take(value); };
  return parser;
}

function rowOf(entry: unknown, number: number, seen: Columns): Row {
  const place = { number, line: number };
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return { ...place, cells: new Map(), fault: 'row_not_object' };
  const members = Object.entries(entry);
  if (members.length > COLUMNS_MAX) return { ...place, cells: new Map(), fault: 'row_too_long' };
  const cells = new Map<string, string>();
  for (const [at, [member, value]] of members.entries()) {
    const [name, text] = [seen.see(member), cleanText(textOf(value))];
    if (text === '') continue;
    if (name === '') {
      seen.pass(at);
      continue;
    }
    if (cells.has(name) && cells.get(name) !== text) seen.lose(name);
    // Of two members of one name the last, as of two that are written alike.
    cells.set(name, text);
  }
  return lengthOf(cells) > ROW_CHARACTERS_MAX ? { ...place, cells: new Map(), fault: 'row_too_long' } : { ...place, cells };
}

/** Lists as the standard writes them in CSV; what is nested deeper stays JSON, so that it is not lost. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(textOf).join('|');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
