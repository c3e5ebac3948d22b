// The MACs of the codes of one batch, by index: what `codeMac(deriveCode(index))` gives, without making a code.
import { CROCKFORD } from './crockford.js';
import { ShortHmac } from './short-hmac.js';

export const MAC_BYTES = 16;
const CHARACTERS = Uint8Array.from(CROCKFORD, (character) => character.charCodeAt(0));

export class BatchMacs {
  readonly #codes: ShortHmac;
  readonly #macs: ShortHmac;

  constructor(batchKey: Uint8Array, pepper: Uint8Array) {
    this.#codes = new ShortHmac(batchKey);
    this.#macs = new ShortHmac(pepper);
  }

  /** Writes the 16 bytes of the MAC of the voucher at `index` to `target` from `at` on. */
  write(index: number, target: DataView, at: number): void {
    const { block, words } = this.#codes;
    // The index as 8 bytes: batches are far below 2^32.
    block[0] = 0;
    block[1] = index;
    this.#codes.digest(2);
    const [high, middle, low] = [words[0]!, words[1]!, words[2]!];
    const code = this.#macs.block;
    code[0] = fourCharacters(high >>> 12);
    code[1] = fourCharacters((high << 8 | middle >>> 24) & 0xfffff);
    code[2] = fourCharacters(middle >>> 4 & 0xfffff);
    code[3] = fourCharacters((middle << 16 | low >>> 16) & 0xfffff);
    this.#macs.digest(4);
    const mac = this.#macs.words;
    for (let word = 0; word < 4; word += 1) target.setInt32(at + word * 4, mac[word]!);
  }

  /** Nothing can be written after it. */
  wipe(): void {
    this.#codes.wipe();
    this.#macs.wipe();
  }
}

/** 20 bits as four Crockford characters, in one word. */
function fourCharacters(bits: number): number {
  return CHARACTERS[bits >>> 15]! << 24 | CHARACTERS[bits >>> 10 & 31]! << 16 | CHARACTERS[bits >>> 5 & 31]! << 8 | CHARACTERS[bits & 31]!;
}
