// The public number of a voucher, for support, lists and stop orders: it gives no right to spend. It names the batch by
// a label and the voucher by a keyed permutation of its index, so that neighbours in a batch have unlike serials.
// Printed `LLLLLLLL-NNNNNNN-C`: 8 Crockford characters of label, 7 digits, and a check character over both.
import { createCipheriv } from 'node:crypto';
import { reject } from '#libs/kernel';
import type { Rejected } from '#libs/kernel';
import { CROCKFORD, crockfordValue, encodeCrockford, readLookAlikes } from './crockford.js';

export type Serial = string & { readonly __public: 'serial' };
export type BookletNumber = string & { readonly __public: 'booklet number' };
export type SerialProblem = 'wrong_length' | 'wrong_character' | 'wrong_check';
/** `booklet` counts from 1, as on the cover. */
export type BookletParts = Readonly<{ label: string; booklet: number }>;
export type SerialParts = Readonly<{ serial: Serial; label: string; number: number }>;

/** Seven digits: the largest batch that serials can name. */
export const SERIALS_PER_BATCH = 10_000_000;

/** Six digits on a cover: more booklets than the largest batch has vouchers. */
export const BOOKLETS_PER_BATCH = 1_000_000;

const HALF_BITS = 12; // two halves of 12 bits hold 16,777,216 numbers: 1.7 walks on average to land below ten million
const HALF_SIZE = 1 << HALF_BITS;
const ROUNDS = 10; // what FF1 (NIST SP 800-38G) asks of a Feistel network on so small a domain
const LABEL_LENGTH = 8;
const SERIAL_LENGTH = 16;

/** Damm's scheme over GF(32), x^5 + x^2 + 1: one character that catches every single error and every adjacent swap. */
function dammCharacter(text: string): string {
  let interim = 0;
  for (const character of text) {
    const mixed = interim ^ (crockfordValue(character) ?? 0);
    interim = mixed & 16 ? (mixed << 1) ^ 0b100101 : mixed << 1;
  }
  return CROCKFORD.charAt(interim);
}

/** AES-256 in counter mode under the serial key: the label of the batch, then a random table for each round. */
function keyStream(serialKey: Uint8Array, byteCount: number): Buffer {
  const cipher = createCipheriv('aes-256-ctr', serialKey, Buffer.alloc(16));
  return cipher.update(Buffer.alloc(byteCount));
}

/** The serials of one batch: about a millisecond and 80 kB to make, a microsecond for each serial. */
export class Serials {
  /** Names the batch; 40 bits, so the table that stores it must be unique and a clash drawn again. */
  readonly label: string;
  readonly #tables: Uint16Array;

  constructor(serialKey: Uint8Array) {
    const stream = keyStream(serialKey, 16 + ROUNDS * HALF_SIZE * 2);
    this.label = encodeCrockford(stream.subarray(0, 5), LABEL_LENGTH);
    this.#tables = new Uint16Array(ROUNDS * HALF_SIZE);
    for (let at = 0; at < this.#tables.length; at += 1) this.#tables[at] = stream.readUInt16BE(16 + at * 2) % HALF_SIZE;
  }

  /** The serial of the voucher at `index` of the batch. */
  serialOf(index: number): Serial {
    const number = String(this.#permuted(index)).padStart(7, '0');
    return `${this.label}-${number}-${dammCharacter(this.label + number)}` as Serial;
  }

  /**
   * What stands on the cover of the booklet at place `booklet` (from 0): `LLLLLLLL-BNNNNNN-C`. Counted from 1 and in
   * order, unlike serials: whoever packs and counts booklets must see that none is missing, and no voucher is found by it.
   */
  bookletNumberOf(booklet: number): BookletNumber {
    const inside = Number.isInteger(booklet) && booklet >= 0 && booklet < BOOKLETS_PER_BATCH - 1;
    if (!inside) throw new RangeError(`not a booklet of a batch: ${booklet}`);
    const number = `B${String(booklet + 1).padStart(6, '0')}`;
    return `${this.label}-${number}-${dammCharacter(this.label + number)}` as BookletNumber;
  }

  /** The index that a number of this batch stands for; a number beyond the batch's count gives an index beyond it. */
  indexOf(number: number): number {
    return this.#walk(number, (value) => this.#backward(value));
  }

  #permuted(index: number): number {
    return this.#walk(index, (value) => this.#forward(value));
  }

  /** Cycle walking: a permutation of the larger domain, repeated until it lands in ours, is a permutation of ours. */
  #walk(start: number, step: (value: number) => number): number {
    const inside = Number.isInteger(start) && start >= 0 && start < SERIALS_PER_BATCH;
    if (!inside) throw new RangeError(`not a place in a batch: ${start}`);
    let value = step(start);
    while (value >= SERIALS_PER_BATCH) value = step(value);
    return value;
  }

  #forward(value: number): number {
    let left = value >> HALF_BITS;
    let right = value % HALF_SIZE;
    for (let round = 0; round < ROUNDS; round += 1) {
      [left, right] = [right, left ^ this.#round(round, right)];
    }
    return (left << HALF_BITS) | right;
  }

  #backward(value: number): number {
    let left = value >> HALF_BITS;
    let right = value % HALF_SIZE;
    for (let round = ROUNDS - 1; round >= 0; round -= 1) {
      [left, right] = [right ^ this.#round(round, left), left];
    }
    return (left << HALF_BITS) | right;
  }

  #round(round: number, half: number): number {
    return this.#tables[round * HALF_SIZE + half] ?? 0;
  }
}

/** Reads a serial as people say it. It is public, and may be shown and logged. */
export function parseSerial(text: string): SerialParts | Rejected<SerialProblem> {
  if (text.length > 80) return reject('wrong_length', { length: text.length });
  const typed = readLookAlikes(text.normalize('NFKC').replace(/[\s\-._\u2010-\u2015]/g, '').toUpperCase());
  const wrong = [...typed].findIndex((character, at) =>
    crockfordValue(character) === undefined || (at >= LABEL_LENGTH && at < SERIAL_LENGTH - 1 && !/\d/.test(character)));
  if (wrong >= 0) return reject('wrong_character', { position: wrong + 1 });
  if (typed.length !== SERIAL_LENGTH) return reject('wrong_length', { length: typed.length });
  const body = typed.slice(0, -1);
  if (dammCharacter(body) !== typed.slice(-1)) return reject('wrong_check');
  const [label, number] = [body.slice(0, LABEL_LENGTH), body.slice(LABEL_LENGTH)];
  return { serial: `${label}-${number}-${typed.slice(-1)}` as Serial, label, number: Number(number) };
}

/** Reads the number on the cover of a booklet; undefined when it is none, e.g. the serial of a voucher. */
export function parseBookletNumber(text: string): BookletParts | undefined {
  if (text.length > 80) return undefined;
  const typed = text.normalize('NFKC').replace(/[\s\-._\u2010-\u2015]/g, '').toUpperCase();
  const [, typedLabel, digits, check] = /^(.{8})B(\d{6})(.)$/.exec(typed) ?? [];
  if (!typedLabel || !digits || !check || digits === '000000') return undefined;
  const label = readLookAlikes(typedLabel);
  return dammCharacter(`${label}B${digits}`) === readLookAlikes(check) ? { label, booklet: Number(digits) } : undefined;
}
