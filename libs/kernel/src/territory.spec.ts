import { describe, expect, it } from '@jest/globals';
import { communeText, departementOf, isDepartement, isInTerritory, isRegion, regionOf, type Territory } from './territory.js';

describe('a commune', () => {
  it.each([
    ['26001', '26', '84'], ['01004', '01', '84'], ['2A004', '2A', '94'], ['2B033', '2B', '94'], ['75056', '75', '11'],
    ['97105', '971', '01'], ['97209', '972', '02'], ['97302', '973', '03'], ['97411', '974', '04'], ['97611', '976', '06'],
    ['97502', '975', undefined], ['98818', '988', undefined],
  ])('%s is of département %s and région %s', (commune, departement, region) => {
    expect([departementOf(commune), regionOf(commune)]).toEqual([departement, region]);
  });

  it.each<[string, Territory, boolean]>([
    ['everywhere when no territory is named', [], true],
    ['in itself', [{ kind: 'commune', code: '26001' }], true],
    ['not in another', [{ kind: 'commune', code: '26002' }], false],
    ['in its département', [{ kind: 'departement', code: '26' }], true],
    ['not in the next one', [{ kind: 'departement', code: '07' }], false],
    ['in its région', [{ kind: 'region', code: '84' }], true],
    ['not in a région whose code is another\'s département', [{ kind: 'region', code: '76' }], false],
    ['in an EPCI that lists it', [{ kind: 'epci', code: '200040459', communes: ['26198', '26001'] }], true],
    ['not in one that does not', [{ kind: 'epci', code: '200040459', communes: ['26198'] }], false],
    ['in a mixture of which one part has it', [{ kind: 'departement', code: '07' }, { kind: 'commune', code: '26001' }], true],
  ])('26001 is %s', (_, territory, isIn) => {
    expect(isInTerritory('26001', territory)).toBe(isIn);
  });
});

describe('the code of a commune in a cell', () => {
  it.each([
    ['has its zero again', '1004', '01004'], ['is as it is', '26113', '26113'], ['is in capitals', ' 2a004 ', '2A004'],
    ['may be none', 'Die', 'DIE'], ['is not made of a number that is shorter', '104', '104'],
  ])('%s', (_, cell, expected) => expect(communeText(cell)).toBe(expected));
});

describe('the régions', () => {
  it('are 18, with 101 départements, each of one', () => {
    const codes = [...Array.from({ length: 95 }, (_, at) => String(at + 1).padStart(2, '0')).filter((code) => code !== '20'),
      '2A', '2B', '971', '972', '973', '974', '976'];
    expect(codes).toHaveLength(101);
    expect(codes.filter((code) => !isDepartement(code))).toEqual([]);
    expect(new Set(codes.map((code) => regionOf(`${code}${'0'.repeat(5 - code.length)}`)))).toHaveProperty('size', 18);
    expect(['20', '96', '975', '69D', ''].filter(isDepartement)).toEqual([]);
    expect(['05', '00', '1', 'toString'].filter(isRegion)).toEqual([]);
  });
});
