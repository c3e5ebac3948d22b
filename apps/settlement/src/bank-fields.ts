// What people type of bank accounts, checked where it comes in: by check digits, not only by form.
import { electronicFormatIBAN, extractIBAN, isSEPACountry, isValidBIC, isValidIBAN } from 'ibantools';
import { z } from 'zod';
import { textIn } from '#libs/http';
import { isReadable, sepaText } from './bank-files/pain001/sepa-text.js';

/** An IBAN that a SEPA transfer can reach, in its electronic form. */
export const ibanIn = z.string().trim().max(42)
  .transform((text) => electronicFormatIBAN(text) ?? '')
  .refine((iban) => isValidIBAN(iban) && isSEPACountry(extractIBAN(iban).countryCode ?? ''), 'expected an IBAN of a SEPA country');

export const bicIn = z.string().trim().max(11).transform((text) => text.toUpperCase())
  .refine((bic) => isValidBIC(bic), 'expected a BIC of 8 or 11 characters');

/** For lists that many people see: the country and the end are enough to recognise an account. */
export const maskIban = (iban: string): string => `${iban.slice(0, 4)}…${iban.slice(-4)}`;

const HOLDER_LENGTH_MAX = 70;

/** A name that is still one in the characters that every bank takes; checked here, because a payment file is whole or is not. */
export const holderIn = textIn(HOLDER_LENGTH_MAX)
  .refine((name) => isReadable(sepaText(name, HOLDER_LENGTH_MAX)), 'expected a name in Latin letters, as the bank knows it');
