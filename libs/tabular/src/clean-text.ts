/** Unbreakable and narrow blanks become blanks; what no text should hold (NUL, half a character) goes. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[^\S\n]/g, ' ')
    .replace(/[\0-\x08\x0b-\x1f\x7f\u200b-\u200d\u2060\ufeff]|\p{Surrogate}/gu, '').trim();
}

/** For comparing what people write: small letters, no accents, one blank for all that is neither letter nor digit. */
export const foldText = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  .replace(/œ/g, 'oe').replace(/æ/g, 'ae').replace(/[^a-z0-9]+/g, ' ').trim();

/** `Code Postal` and `code_postal` are one column. */
export const columnName = (text: string): string => foldText(text).replaceAll(' ', '_');
