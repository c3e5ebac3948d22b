// Reads a JSON body more strictly than JSON.parse: UTF-8 only, no name twice (which of the two would be meant?), and
// nothing that `flawOf` finds.
import { Problem } from './problem.js';
import { flawOf } from './sound-value.js';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function readText(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Problem('charset_unsupported');
  }
}

/** Throws Problem for everything that is not one sound JSON value. */
export function readJson(bytes: Buffer): unknown {
  const text = readText(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message is left out: it quotes the text.
    throw malformed('', 'not JSON');
  }
  const found = flawOf(value);
  if (found) throw new Problem('body_malformed', [found]);
  if (countMembers(text) !== countKeys(value)) throw malformed('', 'a name stands twice in one object');
  return value;
}

const malformed = (path: string, message: string) => new Problem('body_malformed', [{ path, message }]);

/** Colons outside of strings: in valid JSON exactly one for each member that was written. */
function countMembers(text: string): number {
  let count = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (inString && character === BACKSLASH) at += 1;
    else if (character === QUOTE) inString = !inString;
    else if (character === COLON && !inString) count += 1;
  }
  return count;
}
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/** Members that survived the parser, which keeps the last of two with one name. `flawOf` has bounded the depth. */
function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const items = Object.values(value) as unknown[];
  const own = Array.isArray(value) ? 0 : items.length;
  return items.reduce<number>((count, item) => count + countKeys(item), own);
}
