// The secret code of a voucher: 80 bits derived from the batch key and the index, so that a killed or repeated
// generation gives the same codes, and two check characters. A code never goes into a log, a job, an event or an error.
import { createHmac } from 'node:crypto';
import { reject } from '#libs/kernel';
import type { Rejected } from '#libs/kernel';
import { checkCharacters } from './check-characters.js';
import { crockfordValue, encodeCrockford, readLookAlikes } from './crockford.js';

/** 16 payload and 2 check characters, in capitals, without dashes. Secret: whoever knows it can spend. */
export type VoucherCode = string & { readonly __secret: 'voucher code' };
export type CodeProblem = 'wrong_length' | 'wrong_character' | 'wrong_check';

const PAYLOAD_LENGTH = 16;
const CODE_LENGTH = 18;
/** Nobody types more than this; a longer text is not looked at, so that a hostile one costs nothing. */
const TEXT_LENGTH_MAX = 512;
// Blanks of every width, zero-width ones, and the dashes that word processors put where people type a hyphen.
const SEPARATORS = /[\s\u00AD\u200B-\u200D\u2060\uFEFF\-_.\u2010-\u2015\u2212]/g;

/** The first 80 bits of HMAC-SHA-256(batch key, index as 8 bytes big-endian), as 16 characters, and their check. */
export function deriveCode(batchKey: Uint8Array, index: number): VoucherCode {
  if (!Number.isSafeInteger(index) || index < 0) throw new RangeError(`not an index: ${index}`);
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(index));
  const payload = encodeCrockford(createHmac('sha256', batchKey).update(message).digest(), PAYLOAD_LENGTH);
  return (payload + checkCharacters(payload)) as VoucherCode;
}

/** `XXXX-XXXX-XXXX-XXXX-CC`, for paper. */
export const printCode = (code: VoucherCode): string => code.replace(/(.{4})(?=.)/g, '$1-');

/** What the QR holds. A fragment never reaches a server log. */
export const codeUrl = (host: string, code: VoucherCode): string => `https://${host}/v#${printCode(code)}`;

/**
 * Reads what people type, paste or scan. The problem is told without any part of the text: it may be a code. A wrong
 * character is told before a wrong length, because it can be pointed at (`position`, from 1, dashes not counted).
 */
export function normaliseCode(text: string): VoucherCode | Rejected<CodeProblem> {
  if (text.length > TEXT_LENGTH_MAX) return reject('wrong_length', { length: text.length });
  // The code stands behind the `#` of the address that a phone camera or a hand scanner read.
  const typed = text.slice(text.lastIndexOf('#') + 1).normalize('NFKC').replace(SEPARATORS, '').toUpperCase();
  const code = readLookAlikes(typed);
  const wrong = [...code].findIndex((character) => crockfordValue(character) === undefined);
  if (wrong >= 0) return reject('wrong_character', { position: wrong + 1 });
  if (code.length !== CODE_LENGTH) return reject('wrong_length', { length: code.length });
  const right = checkCharacters(code.slice(0, PAYLOAD_LENGTH)) === code.slice(PAYLOAD_LENGTH);
  return right ? (code as VoucherCode) : reject('wrong_check');
}
