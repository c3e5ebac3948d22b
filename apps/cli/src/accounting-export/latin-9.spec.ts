import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { latin9 } from './latin-9.js';

const read = (bytes: Buffer): string => new TextDecoder('iso-8859-15').decode(bytes);

describe('a text in ISO 8859-15', () => {
  it.each([
    ['Relevé à payer, 3 €', 'Relevé à payer, 3 €'], ['Œuvre, Šiška, Ÿ', 'Œuvre, Šiška, Ÿ'], ['L’Atelier – « ici »', 'L\'Atelier - « ici »'],
    ['e\u0301', 'é'], ['Łódź', '?ódz'], ['①', '1'], ['日', '?'], ['¤', '?'],
  ])('%s', (text, wanted) => {
    expect(read(latin9(text))).toBe(wanted);
  });

  it('has the same columns and lines, whatever a name holds', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => {
      const text = name.replace(/[\t\r\n]/g, '');
      expect(latin9(text).filter((byte) => byte === 0x09 || byte === 0x0a || byte === 0x0d)).toHaveLength(0);
    }));
  });
});
