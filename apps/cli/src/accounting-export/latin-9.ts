// ISO 8859-15, which the law asks for beside ASCII (art. A47 A-1, III, 1°). What it does not have is written with the letters that
// it has: a file that is refused for a name helps nobody.

const OTHER_THAN_LATIN_1: Readonly<Record<string, number>> = {
  '\u20ac': 0xa4, '\u0160': 0xa6, '\u0161': 0xa8, '\u017d': 0xb4, '\u017e': 0xb8, '\u0152': 0xbc, '\u0153': 0xbd, '\u0178': 0xbe,
};
const TAKEN = new Set(Object.values(OTHER_THAN_LATIN_1));
const NEIGHBOURS: Readonly<Record<string, string>> = { '\u2019': '\'', '\u2018': '\'', '\u201c': '"', '\u201d': '"', '\u2013': '-', '\u2014': '-', '\u2026': '...', '\u202f': ' ' };

export function latin9(text: string): Buffer {
  return Buffer.from([...text.normalize('NFC')].flatMap(bytesOf));
}

function bytesOf(character: string): number[] {
  const code = OTHER_THAN_LATIN_1[character] ?? character.codePointAt(0)!;
  if (OTHER_THAN_LATIN_1[character] !== undefined || (code <= 0xff && !TAKEN.has(code))) return [code];
  const near = NEIGHBOURS[character] ?? character.normalize('NFKD').replace(/\p{M}/gu, '');
  return near === character || near === '' ? [0x3f] : [...near].flatMap(bytesOf);
}
