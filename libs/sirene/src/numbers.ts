// The two rules alone: the package's front door loads three hundred files, those of every country, into each process.
import * as sirenRule from 'stdnum/lib/cjs/fr/siren.js';
import * as siretRule from 'stdnum/lib/cjs/fr/siret.js';
import { z } from 'zod';

export const isSiren = (digits: string): boolean => /^\d{9}$/.test(digits) && digits !== '000000000' && sirenRule.validate(digits).isValid;

export function isSiret(digits: string): boolean {
  // Addresses are numbered from 0001 on: 0000 before the check digit is what a spreadsheet leaves of 21760400300012.
  if (!/^\d{14}$/.test(digits) || digits.slice(9, 13) === '0000') return false;
  return siretRule.validate(digits).isValid || isLaPoste(digits);
}

/** La Poste has more offices than check digits allow: there the sum of the digits is a multiple of five. */
const isLaPoste = (siret: string): boolean =>
  siret.startsWith('356000000') && [...siret].reduce((total, digit) => total + Number(digit), 0) % 5 === 0;

const digits = z.string().trim().max(20).transform((text) => text.replace(/\s/g, ''));

export const sirenIn = digits.refine(isSiren, 'expected a SIREN, 9 digits with their check digit');
export const siretIn = digits.refine(isSiret, 'expected a SIRET, 14 digits with their check digit');
