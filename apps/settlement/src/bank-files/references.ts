// Finds the references that somebody wrote who pays an order, a debit note or an invoice to a place, or gives to the commons, in the field
// made for them or anywhere in free text. People put blanks in them, forms fold lines in them, and tellers type them in small letters; two
// check digits tell what is one.
import { isCreditorReference, isDebitNoteReference, isGiftReference, isOrderReference, isPlaceInvoiceReference } from '#libs/contracts';
import type { DebitNoteReference, GiftReference, OrderReference, PlaceInvoiceReference } from '#libs/contracts';
import type { BankEntry } from './bank-statement.js';

export type FoundReferences = Readonly<{
  ours: readonly OrderReference[];
  /** Of debit notes: a place pays what it owes. */
  debitNotes: readonly DebitNoteReference[];
  /** Of invoices to places, for fees and charges. */
  placeInvoices: readonly PlaceInvoiceReference[];
  /** Of pools of the commons: anybody gives. */
  gifts: readonly GiftReference[];
  /** Well-formed references of somebody else's scheme: the payer meant another creditor, or another invoice. */
  others: readonly string[];
}>;

/** A hostile text is not worth more work than this; a bank's longest is 140 characters, a transaction has a few. */
const TEXT_LENGTH_MAX = 20_000;
const FOUND_MAX = 20;

// Not anchored: a reference may touch the word before or after it. The lookahead lets the next search begin inside the
// last find, so that a false start (`RF12RF75MRO…`) does not swallow a right one.
const OURS = /(?=(RF[0-9OIL]{2}MR[O0DFC][0-9A-Z]{10}))/g;
// Others are of any length, so they must stand apart: whole, or printed in groups of four.
const OTHERS = /\bRF[0-9]{2}(?:[A-Z0-9]{1,21}|(?: [A-Z0-9]{4}){0,5}(?: [A-Z0-9]{1,4})?)(?![A-Z0-9])/g;

const asDigits = (text: string): string => text.replaceAll('O', '0').replace(/[IL]/g, '1');

/** O for 0 and I or L for 1, in the places where only a digit or a Crockford character can stand. */
const repaired = (text: string): string => `RF${asDigits(text.slice(2, 4))}MR${text[6] === '0' ? 'O' : text[6]}${asDigits(text.slice(7))}`;

function findOurs(text: string): Omit<FoundReferences, 'others'> {
  const packed = text.replace(/[\s\-./]/g, '');
  const found = [...new Set([...packed.matchAll(OURS)].map(([, candidate = '']) => repaired(candidate)))];
  return {
    ours: found.filter(isOrderReference).slice(0, FOUND_MAX), debitNotes: found.filter(isDebitNoteReference).slice(0, FOUND_MAX),
    placeInvoices: found.filter(isPlaceInvoiceReference).slice(0, FOUND_MAX), gifts: found.filter(isGiftReference).slice(0, FOUND_MAX),
  };
}

/** In groups of four the next word looks like one more group: the longest reading that has a right check is taken. */
function longestReading(candidate: string): string | undefined {
  const groups = candidate.split(' ');
  for (let count = groups.length; count > 0; count -= 1) {
    const reference = groups.slice(0, count).join('');
    if (isCreditorReference(reference)) return reference;
  }
  return undefined;
}

const isOwn = (reference: string): boolean =>
  isOrderReference(reference) || isDebitNoteReference(reference) || isPlaceInvoiceReference(reference) || isGiftReference(reference);

function findOthers(text: string): Set<string> {
  const found = new Set<string>();
  for (const [candidate] of text.replace(/\s+/g, ' ').matchAll(OTHERS)) {
    const reference = longestReading(candidate);
    if (reference && !isOwn(reference)) found.add(reference);
  }
  return found;
}

/** Several texts are one: a bank folds what is too long for a line into the next field. */
export function findReferences(texts: string | readonly string[]): FoundReferences {
  const text = [texts].flat().join('\n').slice(0, TEXT_LENGTH_MAX).normalize('NFKC').toUpperCase();
  return { ...findOurs(text), others: [...findOthers(text)].slice(0, FOUND_MAX) };
}

/** Every place of an entry where a payer's words may have landed. */
export function referencesOfEntry(entry: BankEntry): FoundReferences {
  return findReferences([
    ...entry.transactions.flatMap((transaction) => [
      ...transaction.references.structured,
      ...transaction.references.unstructured,
      transaction.endToEndId ?? '',
    ]),
    entry.note ?? '',
  ]);
}
