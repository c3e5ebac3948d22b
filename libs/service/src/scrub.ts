// Takes out of a text whatever looks like an IBAN or a voucher code. It runs over every whole log line, error messages and
// stacks included, because a secret gets into a log where nobody thought of it. It errs on the side of removing.
import { countrySpecs } from 'ibantools';

export const IBAN_MARK = '[iban]';
export const CODE_MARK = '[code]';

// What a URL or a hurried person puts between the groups.
const GAP = '(?:[ \\u00A0\\u202F_.+\\u2010-\\u2015-]|%20|%C2%A0|%2D)';
// A line of JSON says a line break with a letter (`\n`), which is no part of the word that follows it.
const START = '(?:(?<![0-9A-Za-z])|(?<=\\\\[nrtbf])|(?<=\\\\u[0-9a-f]{4}))';
const END = '(?![0-9A-Za-z])';

// No code has a U; O, I and L are typed for what they look like.
const LETTER = '[0-9A-TV-Za-tv-z]';
/** `XXXX-XXXX-XXXX-XXXX-CC`, with or without the check characters; words of four letters before it go with it. */
const CODE_IN_GROUPS = new RegExp(`${START}${LETTER}{4}(${GAP})${LETTER}{4}(?:\\1${LETTER}{4}){2,}(\\1${LETTER}{2})?${END}`, 'g');
/** 18 characters in one, or the 16 secret ones in capitals. */
const CODE_IN_ONE = new RegExp(`${START}(?:[0-9A-TV-Z]{16}|${LETTER}{18})${END}`, 'g');
const IBAN = new RegExp(`${START}[A-Za-z]{2}\\d{2}(?:${GAP}?[0-9A-Za-z]){10,32}${END}`, 'g');
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const GAPS = new RegExp(GAP, 'g');
// Fewer digits than this are words: every country's IBAN has more.
const IBAN_DIGITS_MIN = 8;

const lengthOf = (text: string): number | undefined =>
  (countrySpecs as Record<string, { chars: number | null } | undefined>)[text.slice(0, 2).toUpperCase()]?.chars ?? undefined;

/** Only a known country and about the right length tell an IBAN from a hash. Typing errors are still somebody's account. */
function hideIban(found: string): string {
  const length = lengthOf(found);
  if (length === undefined) return found;
  const gaps = found.match(GAPS)?.length ?? 0;
  const compact = found.replace(GAPS, '');
  const digits = compact.slice(0, length).replace(/\D/g, '').length;
  if (compact.length < length - 2 || digits < IBAN_DIGITS_MIN) return found;
  if (gaps === 0) return compact.length > length + 2 ? found : IBAN_MARK;
  // With gaps the words that follow it were taken along: they stay.
  const account = new RegExp(`^(?:${GAP}?[0-9A-Za-z]){1,${length}}`).exec(found)?.[0] ?? found;
  return IBAN_MARK + found.slice(account.length);
}

/** Words of the language and of the program are told apart by what nearly every code has: a digit, or capitals alone. */
function hideCode(found: string, ending?: string): string {
  return /\d/.test(found) || !/[a-z]/.test(found) || ending !== undefined ? CODE_MARK : found;
}

export function scrub(text: string): string {
  // An id is public and must stay readable: it is how a line is found. It is put aside, as its groups look like codes.
  const ids: string[] = [];
  const clean = text
    .replace(UUID, (id) => `<<${ids.push(id) - 1}>>`)
    .replace(IBAN, hideIban)
    .replace(CODE_IN_GROUPS, (found, _gap, ending: string | undefined) => hideCode(found, ending))
    .replace(CODE_IN_ONE, (found) => hideCode(found));
  return ids.length === 0 ? clean : clean.replace(/<<(\d+)>>/g, (mark, index: string) => ids[Number(index)] ?? mark);
}
