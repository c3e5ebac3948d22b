// What somebody typed into the search, read by its form: it decides which lists are asked, and by which of their filters.
import { centsTyped } from '../format.js';

/** `payment`: as the bank tells it; `reference`: of whoever pays us; `number`: of a document. */
export const FORMS = ['serial', 'payment', 'reference', 'number', 'amount', 'name'] as const;
export type Form = (typeof FORMS)[number];

export type SearchTerm =
  | Readonly<{ kind: 'empty' | 'secret' }>
  | Readonly<{ kind: 'id'; id: string }>
  /** The forms that it may have, the likeliest first. */
  | Readonly<{ kind: 'text'; text: string; forms: readonly Form[] }>;

const ID = /^[a-z]{3}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Eighteen characters by fours; one more or less, as it may be mistyped. Money for whoever reads it, so it is never sent on. */
const CODE = /^(?:[0-9a-z]{4}[-\s]*){4}[0-9a-z]{1,3}$/i;
/** Of a voucher, or the number of a booklet. */
export const SERIAL = /^[0-9a-z]{8}-[0-9a-z]{7}-[0-9a-z]$/i;
const PATTERNS: readonly (readonly [form: Form, pattern: RegExp])[] = [
  ['serial', SERIAL],
  ['payment', /^MR[0-9a-f]{4,32}$/i],
  ['reference', /^RF\d{2}[0-9a-z\s]{4,24}$/i],
  ['number', /^[A-Z]{1,4}-\d{4}-\d{1,8}$/i],
];
const TEXT_MIN = 2;

export function readTerm(typed: string): SearchTerm {
  const text = typed.trim().replace(/\s+/g, ' ');
  if (ID.test(text)) return { kind: 'id', id: text };
  const known = PATTERNS.find(([, pattern]) => pattern.test(text));
  if (known) return { kind: 'text', text: known[0] === 'reference' ? text.replaceAll(' ', '').toUpperCase() : text, forms: [known[0], 'name'] };
  if (CODE.test(text) && /[\d\s-]/.test(text)) return { kind: 'secret' };
  if (text.length < TEXT_MIN && centsTyped(text) === undefined) return { kind: 'empty' };
  // `42000` is an amount for a list of money and a postal code for a list of places.
  return { kind: 'text', text, forms: centsTyped(text) === undefined ? ['name'] : ['amount', 'name'] };
}
