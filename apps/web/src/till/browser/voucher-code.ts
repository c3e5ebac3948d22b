// Reads a code as the server does (libs/keys), so that a typing error is told at the field and nothing is sent. Both check
// characters are public: whoever reads the code can verify them. Whether a code with right ones exists, only the server knows.
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const PAYLOAD_LENGTH = 16;
const CODE_LENGTH = 18;
const TEXT_LENGTH_MAX = 512;
const SEPARATORS = /[\s\u00AD\u200B-\u200D\u2060\uFEFF\-_.\u2010-\u2015\u2212]/g;

export type CodeRead =
  | Readonly<{ ok: true; code: string }>
  | Readonly<{ ok: false; problem: 'wrong_length'; length: number }>
  | Readonly<{ ok: false; problem: 'wrong_character'; position: number }>
  | Readonly<{ ok: false; problem: 'wrong_check' }>;

/** Typed, pasted or scanned; of a whole address only what stands behind its last `#`. */
export function readCode(text: string): CodeRead {
  if (text.length > TEXT_LENGTH_MAX) return { ok: false, problem: 'wrong_length', length: text.length };
  const code = charactersIn(text);
  const wrong = [...code].findIndex((character) => !CROCKFORD.includes(character));
  if (wrong >= 0) return { ok: false, problem: 'wrong_character', position: wrong + 1 };
  if (code.length !== CODE_LENGTH) return { ok: false, problem: 'wrong_length', length: code.length };
  return checkCharacters(code.slice(0, PAYLOAD_LENGTH)) === code.slice(PAYLOAD_LENGTH) ? { ok: true, code } : { ok: false, problem: 'wrong_check' };
}

/** `XXXX-XXXX-XXXX-XXXX-CC`, also of a part of it. */
export const grouped = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-');

/** What a field shows while somebody types: dashes where they belong. A text that is no code stays as it was typed. */
export function asTyped(text: string): string {
  const code = charactersIn(text);
  return code.length <= CODE_LENGTH && [...code].every((character) => CROCKFORD.includes(character)) ? grouped(code) : text;
}

const charactersIn = (text: string): string => text.slice(text.lastIndexOf('#') + 1).normalize('NFKC').replace(SEPARATORS, '').toUpperCase()
  .replaceAll('O', '0').replace(/[IL]/g, '1');

/** The remainder by z² + 6z + 8 in the field of 32 elements (x^5 + x^2 + 1): the Reed-Solomon code of libs/keys. */
function checkCharacters(payload: string): string {
  let [high, low] = [0, 0];
  for (const character of payload) {
    const lead = high ^ CROCKFORD.indexOf(character);
    [high, low] = [low ^ times(lead, 6), times(lead, 8)];
  }
  return CROCKFORD.charAt(high) + CROCKFORD.charAt(low);
}

function times(a: number, b: number): number {
  let product = 0;
  for (let [shifted, rest] = [a, b]; rest > 0; rest >>= 1) {
    if (rest & 1) product ^= shifted;
    shifted = shifted & 16 ? (shifted << 1) ^ 0b100101 : shifted << 1;
  }
  return product;
}
