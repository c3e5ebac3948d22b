import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isReadable, isSepaId, sepaText } from './sepa-text.js';

describe('a text for a SEPA bank', () => {
  it.each([
    ["Médiathèque d'Évreux", "Mediatheque d'Evreux"],
    ['L’Œuvre & Cie – « Café »', "L'OEuvre + Cie - ' Cafe '"],
    ['straße ŁÓDŹ ærø', 'strasse LODZ aero'],
    ['contact@place.fr; n°12 [bis]_A|B', 'contact.place.fr, no12 (bis)-A/B'],
    ['prix 10 € *soldé*', 'prix 10 E .solde.'],
    ['deux\n lignes\u00A0et\u202Fdes   blancs ', 'deux lignes et des blancs'],
    ['//code/of//a field', 'code/of/a field'],
    ['ﬁn ½ ①', 'fin 1.2 1'],
    ['Αθήνα', '.....'],
    ['e\u0301cole', 'ecole'],
    ['a\u0000b\u0007<c>', 'a.b..c.'],
    ['', ''],
  ])('%j is written %j', (text, written) => {
    expect(sepaText(text, 140)).toBe(written);
  });

  it('holds only characters of the set, within the length, whatever was given', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 1, max: 140 }), (text, lengthMax) => {
      const written = sepaText(text, lengthMax);
      expect(written).toMatch(/^[a-zA-Z0-9/\-?:().,'+ ]*$/);
      expect(written.length).toBeLessThanOrEqual(lengthMax);
      expect(written).not.toMatch(/^\/|\/\/|^ | $/);
      expect(sepaText(written, lengthMax)).toBe(written);
    }), { numRuns: 500 });
  });
});

describe('a name', () => {
  it.each([['Place', true], ['A1', true], ['.....', false], ['X', false], ['', false]])('%j is readable: %s', (name, readable) => {
    expect(isReadable(name)).toBe(readable);
  });
});

describe('an id of a file', () => {
  it.each([
    ['MRO-20260302-1', true], ['a'.repeat(35), true], ['a'.repeat(36), false], ['', false], ['É1', false], ['/1', false],
    ['1//2', false], ['a b', false],
  ])('%j is fit: %s', (id, fit) => {
    expect(isSepaId(id)).toBe(fit);
  });
});
