import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { idOf } from '#libs/kernel';
import { isCreditorReference, isOrderReference, orderReference, printReference } from './order-reference.js';

const order = (uuid: string) => idOf('order', uuid);
const anOrder = fc.uuid({ version: 7 }).map(order);
const kindOf = (character: string) =>
  character >= '0' && character <= '9' ? '0123456789' : character === '' ? '' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Every single replacement and neighbour swap that leaves digits where digits were and letters where letters were. */
function* mistakes(reference: string): Generator<string> {
  for (let at = 2; at < reference.length; at += 1) {
    const here = reference.charAt(at);
    const next = reference.charAt(at + 1);
    if (kindOf(here) === kindOf(next) && here !== next) yield reference.slice(0, at) + next + here + reference.slice(at + 2);
    for (const other of kindOf(here)) {
      if (other !== here) yield reference.slice(0, at) + other + reference.slice(at + 1);
    }
  }
}

describe('an order reference', () => {
  it('is the same for the same order, in this version and the next', () => {
    const reference = orderReference(order('0190c2f4-7a10-7cc3-98c4-dc0c0c07398f'));
    expect(reference).toBe('RF75MRO6W1G60EECF');
    expect(printReference(reference)).toBe('RF75 MRO6 W1G6 0EEC F');
  });

  it('is a well-formed creditor reference of 17 characters for every order', () => {
    fc.assert(fc.property(anOrder, (id) => {
      const reference = orderReference(id);
      expect(reference).toHaveLength(17);
      expect(isOrderReference(reference)).toBe(true);
      expect(isCreditorReference(reference)).toBe(true);
    }));
  });

  it('does not survive a wrong digit for a digit, a wrong letter for a letter, nor a swap of two of a kind', () => {
    fc.assert(fc.property(anOrder, (id) => {
      const reference = orderReference(id);
      const wrong = [...mistakes(reference)];
      expect(wrong.length).toBeGreaterThan(180);
      expect(wrong.filter(isCreditorReference)).toEqual([]);
    }));
  });

  it('is refused for an id with a prefix, whose last characters would be another reference', () => {
    expect(() => orderReference('ord_0190c2f4-7a10-7cc3-98c4-dc0c0c07398f' as never)).toThrow(RangeError);
  });
});

describe('a creditor reference', () => {
  it.each([
    ['RF18539007547034', true], // the example of ISO 11649
    ['RF38000000000000000000552', true],
    ['RF19539007547034', false],
    ['RF18', false],
    ['RF9854', true],
    ['RF0154', false], // 01 leaves the remainder of 98; only 98 is ever written
    ['rf18539007547034', false],
    ['RF18 5390 0754 7034', false],
    ['RF450000000000000000000000552', false], // longer than 25
  ])('%s is well-formed: %s', (text, wellFormed) => {
    expect(isCreditorReference(text)).toBe(wellFormed);
    expect(isOrderReference(text)).toBe(false);
  });
});
