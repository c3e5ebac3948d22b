import { describe, expect, it } from '@jest/globals';
import { isSiren, isSiret, readSiret } from './index.js';

describe('what a file has for a SIRET', () => {
  it.each([
    ['a SIRET', '73282932000074', 'siret'],
    ['one with blanks, narrow ones too', '732\u202f829\u202f320 00074', 'siret'],
    ['an office of La Poste, whose digits sum to a multiple of five', '35600000000058', 'wrong'],
    ['an office of La Poste that fails the check digit and is valid', '35600000009075', 'siret'],
    ['the seat of La Poste, which passes it', '35600000000048', 'siret'],
    ['zeros', '00000000000000', 'placeholder'],
    ['nothing', ' ', 'missing'],
    ['an association number', 'W751234567', 'rna'],
    ['a SIREN', '732 829 320', 'siren'],
    ['a number that a spreadsheet rounded', '21760400000000', 'rounded'],
    ['a rounded number that passes its check digit', '73282932000000', 'rounded'],
    ['a number in the notation of a spreadsheet', '2,17604E+13', 'rounded'],
    ['a wrong digit', '73282932000075', 'wrong'],
    ['a word', 'en cours', 'wrong'],
  ])('is told apart: %s', (_what, text, kind) => {
    expect(readSiret(text).kind).toBe(kind);
  });

  it('is no SIREN when it is zeros, whatever the check digit says', () => {
    expect([isSiren('000000000'), isSiret('00000000000000'), isSiren('732829320')]).toEqual([false, false, true]);
  });
});
