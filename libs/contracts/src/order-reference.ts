// The reference that somebody writes on a transfer to us: an ISO 11649 creditor reference, so that a bank's own form checks it, and
// short enough to be typed. `RFkk` + `MRO` for an order, `MRD` for a debit note, `MRF` for an invoice to a place, `MRC` for a gift to
// the commons + 10 Crockford characters taken from a uuid: that of the order, the note, the invoice or the pool, or one drawn for the share
// of one of several payers, whose money is told apart by it.
import { isUuid } from '#libs/kernel';

export type OrderReference = string & { readonly __reference: 'order' };
/** By which a place pays what it owes. */
export type DebitNoteReference = string & { readonly __reference: 'debitNote' };
export type PlaceInvoiceReference = string & { readonly __reference: 'placeInvoice' };
/** By which anybody gives to a pool of the commons: one per pool, for everybody. */
export type GiftReference = string & { readonly __reference: 'gift' };

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ORDER_REFERENCE = /^RF\d{2}MRO[0-9A-HJKMNP-TV-Z]{10}$/;
const DEBIT_NOTE_REFERENCE = /^RF\d{2}MRD[0-9A-HJKMNP-TV-Z]{10}$/;
const PLACE_INVOICE_REFERENCE = /^RF\d{2}MRF[0-9A-HJKMNP-TV-Z]{10}$/;
const GIFT_REFERENCE = /^RF\d{2}MRC[0-9A-HJKMNP-TV-Z]{10}$/;
const CREDITOR_REFERENCE = /^RF\d{2}[0-9A-Z]{1,21}$/;

/** The remainder by 97 of the text read as a number with A = 10 … Z = 35 (ISO 7064 MOD 97-10). */
function mod97(text: string): number {
  let rest = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}

/**
 * Is this, without blanks and in capitals, an ISO 11649 reference whose check digits are right? Catches every wrong
 * digit for a digit and letter for a letter; of a digit taken for a letter one in a hundred passes, as in an IBAN.
 */
export function isCreditorReference(text: string): boolean {
  if (!CREDITOR_REFERENCE.test(text)) return false;
  const check = Number(text.slice(2, 4));
  // 00, 01 and 99 leave the same remainder as 97, 98 and 02, which alone are ever written.
  return check >= 2 && check <= 98 && mod97(text.slice(4) + text.slice(0, 4)) === 1;
}

/** Is it one of ours? Says nothing about whether there is such an order or share. */
export function isOrderReference(text: string): text is OrderReference {
  return ORDER_REFERENCE.test(text) && isCreditorReference(text);
}

/** As `isOrderReference`: says nothing about whether there is such a debit note. */
export function isDebitNoteReference(text: string): text is DebitNoteReference {
  return DEBIT_NOTE_REFERENCE.test(text) && isCreditorReference(text);
}

/** As `isOrderReference`: says nothing about whether there is such an invoice. */
export function isPlaceInvoiceReference(text: string): text is PlaceInvoiceReference {
  return PLACE_INVOICE_REFERENCE.test(text) && isCreditorReference(text);
}

/** As `isOrderReference`: says nothing about whether there is such a pool. */
export function isGiftReference(text: string): text is GiftReference {
  return GIFT_REFERENCE.test(text) && isCreditorReference(text);
}

/**
 * The last 50 bits of the id, which a UUIDv7 draws at random: two of a million orders share a reference once in two
 * thousand such histories, so the table that stores it must be unique and the order drawn again on a clash.
 */
export const orderReference = (uuid: string): OrderReference => referenceOf('MRO', uuid) as OrderReference;
export const debitNoteReference = (uuid: string): DebitNoteReference => referenceOf('MRD', uuid) as DebitNoteReference;
export const placeInvoiceReference = (uuid: string): PlaceInvoiceReference => referenceOf('MRF', uuid) as PlaceInvoiceReference;
/** Of the pool of a programme, from its id; the national pool has none, and ten zeros. */
export const giftReference = (programmeId: string | null): GiftReference => referenceOf('MRC', programmeId ?? NO_BITS) as GiftReference;
const NO_BITS = '00000000-0000-7000-8000-000000000000';

function referenceOf(scheme: 'MRO' | 'MRD' | 'MRF' | 'MRC', uuid: string): string {
  if (!isUuid(uuid)) throw new RangeError('a reference is made from a plain uuid');
  let bits = BigInt(`0x${uuid.replaceAll('-', '').slice(-13)}`) & ((1n << 50n) - 1n);
  let body = '';
  for (let position = 0; position < 10; position += 1) {
    body = (CROCKFORD[Number(bits & 31n)] ?? '') + body;
    bits >>= 5n;
  }
  const check = 98 - mod97(`${scheme}${body}RF00`);
  return `RF${String(check).padStart(2, '0')}${scheme}${body}`;
}

/** In groups of four, as ISO 11649 prints it: `RF18 MRO0 1234 5678 9`. */
export const printReference = (reference: string): string => reference.replace(/(.{4})(?=.)/g, '$1 ');
