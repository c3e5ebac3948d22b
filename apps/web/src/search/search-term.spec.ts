// What is typed, and what it is taken for.
import { describe, expect, it } from '@jest/globals';
import { readTerm } from './search-term.js';

const ID = 'ord_01902c7b-5d2a-7c3e-9f00-000000000003';
const PAYMENT = `MR${'0a'.repeat(16)}`;

describe('what is typed into the search', () => {
  it.each<[typed: string, forms: string[]]>([
    ['12,34', ['amount', 'name']], ['12.34 €', ['amount', 'name']], ['42000', ['amount', 'name']], ['7', ['amount', 'name']],
    ['Médiathèque de Tilleul', ['name']], ['Atelier 12 rue bleue', ['name']], ['200054781', ['name']], ['mediathequedurable', ['name']],
    ['7K3M9Q2T-4821907-K', ['serial', 'name']], ['abcdefgh-b000001-x', ['serial', 'name']],
    [PAYMENT, ['payment', 'name']], ['MR0a0a', ['payment', 'name']], ['ND-2026-000001', ['number', 'name']], ['F-2026-0001', ['number', 'name']],
  ])('is of the forms of %s', (typed, forms) => {
    expect(readTerm(`  ${typed} `)).toEqual({ kind: 'text', text: typed, forms });
  });

  it('is a creditor reference without its spaces, as it is printed on paper', () => {
    expect(readTerm('rf18 5390 0754 7034')).toEqual({ kind: 'text', text: 'RF18539007547034', forms: ['reference', 'name'] });
  });

  it.each([['7K3M-9Q2T-XB4C-0000-ZZ'], ['7k3m9q2txb4c0000zz'], ['7K3M 9Q2T XB4C 0000 Z'], ['7K3M-9Q2T-XB4C-0000-ZZ9']])('is a secret where it looks like a code: %s', (typed) => {
    expect(readTerm(typed)).toEqual({ kind: 'secret' });
  });

  it('is an id of ours, or nothing at all', () => {
    expect(readTerm(ID)).toEqual({ kind: 'id', id: ID });
    for (const typed of ['', '   ', 'a']) expect(readTerm(typed)).toEqual({ kind: 'empty' });
  });
});
