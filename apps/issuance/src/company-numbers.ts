// SIREN and SIRET at the HTTP edge, with their check digits.
import { stdnum } from 'stdnum';
import { z } from 'zod';
import { assert } from '#libs/kernel';

const french = stdnum.FR;
assert(french?.siren && french.siret, 'stdnum without the French company numbers');
const { siren: sirenRule, siret: siretRule } = french;
const digits = z.string().trim().max(20).transform((text) => text.replace(/\s/g, ''));
const isSiren = (siren: string): boolean => sirenRule.validate(siren).isValid;

export const sirenIn = digits.refine(isSiren, 'expected a SIREN, 9 digits with their check digit');
export const siretIn = digits.refine(isSiret, 'expected a SIRET, 14 digits with their check digit');

/** La Poste numbers its offices by a rule of its own: the sum of the digits is a multiple of five. */
function isSiret(siret: string): boolean {
  if (siretRule.validate(siret).isValid) return true;
  return /^356000000\d{5}$/.test(siret) && [...siret].reduce((total, digit) => total + Number(digit), 0) % 5 === 0;
}
