import { isSiren, isSiret } from './numbers.js';

export type SiretReading =
  | Readonly<{ kind: 'siret'; siret: string }>
  | Readonly<{ kind: 'siren'; siren: string }>
  | Readonly<{ kind: 'rna'; rna: string }>
  /** Nothing, and zeros that stand for nothing. */
  | Readonly<{ kind: 'missing' | 'placeholder' }>
  /** Rounded by a spreadsheet, and a number that fails its check. */
  | Readonly<{ kind: 'rounded' | 'wrong' }>;

/** What stands where a file should have a SIRET. Blanks of every width are dropped, narrow ones (U+202F) too. */
export function readSiret(text: string): SiretReading {
  const number = text.replace(/[\s.]/g, '').toUpperCase();
  if (number === '') return { kind: 'missing' };
  if (/^0+$/.test(number)) return { kind: 'placeholder' };
  if (isSiret(number)) return { kind: 'siret', siret: number };
  if (isSiren(number)) return { kind: 'siren', siren: number };
  if (/^W\d{9}$/.test(number)) return { kind: 'rna', rna: number };
  return { kind: /^\d{9}00000$|^[\d,]+E\+?\d+$/.test(number) ? 'rounded' : 'wrong' };
}
