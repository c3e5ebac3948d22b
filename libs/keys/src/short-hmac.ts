// HMAC-SHA-256 of short messages, millions of them under one key. Node's own makes an object per message, which takes
// five times as long as the hashing; here the key is hashed once, and a message costs two compressions and no memory.
// No step depends on the key's bits in time: there are no tables to look up in and no branches (FIPS 180-4, RFC 2104).
import { createHash } from 'node:crypto';

/** What fits into one block beside the padding. */
export const SHORT_BYTES_MAX = 55;
const BLOCK_BYTES = 64;
const INNER_PAD = 0x36363636;
const OUTER_PAD = 0x5c5c5c5c;

/** The first 32 bits of the fractional parts of the roots of the first primes, as the standard has them. */
const ROUND_CONSTANTS = Int32Array.from(primes(64), (prime) => fraction(Math.cbrt(prime)));
const INITIAL = Int32Array.from(primes(8), (prime) => fraction(Math.sqrt(prime)));

export class ShortHmac {
  /** The 256 bits of the last `digest`, in eight words; overwritten by the next. */
  readonly words = new Int32Array(8);
  /** The message, in big-endian words; `digest` adds the padding, and leaves other words in it. */
  readonly block = new Int32Array(BLOCK_BYTES);
  readonly #inner = new Int32Array(8);
  readonly #outer = new Int32Array(8);

  constructor(key: Uint8Array) {
    const short = key.length > BLOCK_BYTES ? createHash('sha256').update(key).digest() : Buffer.from(key);
    const padded = Buffer.alloc(BLOCK_BYTES);
    short.copy(padded);
    for (const [pad, state] of [[INNER_PAD, this.#inner], [OUTER_PAD, this.#outer]] as const) {
      for (let at = 0; at < 16; at += 1) this.block[at] = padded.readInt32BE(at * 4) ^ pad;
      compress(INITIAL, this.block, state);
    }
    short.fill(0);
    padded.fill(0);
    this.block.fill(0);
  }

  /** Of the first `wordCount` words of `block`, at most 13, into `words`. */
  digest(wordCount: number): void {
    const { block, words } = this;
    pad(block, wordCount);
    compress(this.#inner, block, words);
    block.set(words);
    pad(block, 8);
    compress(this.#outer, block, words);
  }

  /** The states stand for the key. */
  wipe(): void {
    for (const secret of [this.words, this.block, this.#inner, this.#outer]) secret.fill(0);
  }
}

/** One bit, zeros, and the length in bits with the block of the key before it. */
function pad(block: Int32Array, wordCount: number): void {
  block[wordCount] = 1 << 31;
  block.fill(0, wordCount + 1, 15);
  block[15] = (BLOCK_BYTES + wordCount * 4) * 8;
}

/** One block of 16 words under `state` into `target`; expands the block in place to the schedule of 64 words. */
function compress(state: Int32Array, w: Int32Array, target: Int32Array): void {
  for (let t = 16; t < 64; t += 1) {
    const early = w[t - 15]!;
    const late = w[t - 2]!;
    const s0 = (early >>> 7 | early << 25) ^ (early >>> 18 | early << 14) ^ early >>> 3;
    const s1 = (late >>> 17 | late << 15) ^ (late >>> 19 | late << 13) ^ late >>> 10;
    w[t] = s0 + w[t - 7]! + s1 + w[t - 16]! | 0;
  }
  let [a, b, c, d] = [state[0]!, state[1]!, state[2]!, state[3]!];
  let [e, f, g, h] = [state[4]!, state[5]!, state[6]!, state[7]!];
  for (let t = 0; t < 64; t += 1) {
    const t1 = h + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (e & f ^ ~e & g) + ROUND_CONSTANTS[t]! + w[t]! | 0;
    const t2 = ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ a & c ^ b & c) | 0;
    h = g;
    g = f;
    f = e;
    e = d + t1 | 0;
    d = c;
    c = b;
    b = a;
    a = t1 + t2 | 0;
  }
  target[0] = state[0]! + a;
  target[1] = state[1]! + b;
  target[2] = state[2]! + c;
  target[3] = state[3]! + d;
  target[4] = state[4]! + e;
  target[5] = state[5]! + f;
  target[6] = state[6]! + g;
  target[7] = state[7]! + h;
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate += 1) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  }
  return found;
}

/** Roots of small primes have all these bits exact in a double. */
function fraction(root: number): number {
  return (root - Math.floor(root)) * 2 ** 32 | 0;
}
