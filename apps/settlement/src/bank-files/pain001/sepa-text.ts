// The characters that every SEPA bank accepts. Others are written as EPC217-08 advises (accents off, `&` as `+`), so
// that a name arrives readable instead of a file being refused.

const ALLOWED = /[^a-zA-Z0-9/\-?:().,'+ ]/gu;

/** Letters that do not come apart into a plain one and an accent. */
const LETTERS: Readonly<Record<string, string>> = {
  æ: 'ae', Æ: 'AE', œ: 'oe', Œ: 'OE', ß: 'ss', ẞ: 'SS', ø: 'o', Ø: 'O', đ: 'd', Đ: 'D', ð: 'd', Ð: 'D', ł: 'l', Ł: 'L',
  þ: 'th', Þ: 'TH', ı: 'i', '€': 'E', '№': 'No', '°': 'o', 'º': 'o', 'ª': 'a',
  '’': "'", '‘': "'", '´': "'", '`': "'", '«': "'", '»': "'", '“': "'", '”': "'", '"': "'",
  '–': '-', '—': '-', '‑': '-', '−': '-', _: '-', '~': '-', '|': '/', '\\': '/', '⁄': '/',
  '&': '+', '@': '.', ';': ',', '[': '(', ']': ')', '{': '(', '}': ')', '…': '...',
};

/**
 * At most `lengthMax` characters of the SEPA set; what has no reading there becomes a full stop. A text that starts
 * with a slash or holds two in a row is refused by banks as a field code, so they are taken away.
 */
export function sepaText(text: string, lengthMax: number): string {
  const plain = [...text.normalize('NFC')].map((character) => LETTERS[character] ?? character).join('');
  return plain
    .normalize('NFKD').replace(/\p{M}/gu, '')
    .replace(/[\s\u00AD\u200B-\u200D\u2060\uFEFF]+/gu, ' ')
    .replace(ALLOWED, '.')
    .replace(/\/{2,}/g, '/').replace(/^[ /]+/, '')
    .slice(0, lengthMax).trim();
}

/** Is there a letter or a digit left? A name of full stops (written in another alphabet) tells the bank nothing. */
export const isReadable = (text: string): boolean => /[a-zA-Z0-9]{2}/.test(text);

/** Fit for an id (MsgId, PmtInfId) as it stands: ids are never transliterated, or two could become one. */
export const isSepaId = (text: string): boolean =>
  /^[a-zA-Z0-9?:().,'+-][a-zA-Z0-9/?:().,'+-]{0,34}$/.test(text) && !text.includes('//');
