// Crockford's base 32: no I, L, O or U, so that a printed character is read in one way only.
export const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const VALUES = new Map([...CROCKFORD].map((character, value) => [character, value]));

/** 0 … 31, or undefined for a character outside the alphabet. */
export const crockfordValue = (character: string): number | undefined => VALUES.get(character);

/** What people type for what they see: O is read as 0, I and L as 1. The input is in capitals. */
export const readLookAlikes = (text: string): string => text.replaceAll('O', '0').replace(/[IL]/g, '1');

/** The first `length` characters of the bytes, five bits each, most significant first. */
export function encodeCrockford(bytes: Uint8Array, length: number): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    held += 8;
    while (held >= 5 && text.length < length) {
      held -= 5;
      text += CROCKFORD.charAt((bits >> held) & 31);
      bits &= (1 << held) - 1;
    }
  }
  if (text.length < length) throw new RangeError(`${bytes.length} bytes make no ${length} characters`);
  return text;
}
