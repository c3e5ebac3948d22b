// What the database holds in place of a code: a keyed hash that nobody can try codes against without the pepper.
import { createHmac } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { VoucherCode } from './voucher-code.js';

/** 128 bits in the shape of a uuid, so that PostgreSQL stores and compares it in 16 bytes. */
export type CodeMac = string & { readonly __mac: 'voucher code' };

/** The first 128 bits of HMAC-SHA-256 over the 16 payload characters; the check characters carry no secret. */
export function codeMac(pepper: KeyObject | Uint8Array, code: VoucherCode): CodeMac {
  const hex = createHmac('sha256', pepper).update(code.slice(0, 16), 'latin1').digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)];
  return parts.join('-') as CodeMac;
}
