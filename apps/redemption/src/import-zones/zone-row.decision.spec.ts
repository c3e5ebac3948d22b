import { describe, expect, it } from '@jest/globals';
import { faultOf, type ZoneText } from './zone-row.decision.js';

const row = (code: string, communes: string[]): ZoneText => ({ code, name: null, communes });
const NOBODY = new Set<string>();

describe('a row of a list of zones', () => {
  it.each([
    ['is a class of a commune', 'density', row('7', ['26113']), undefined], ['is of Corsica', 'density', row('5', ['2A004']), undefined],
    ['has no class of the grid', 'density', row('8', ['26113']), 'class_wrong'], ['has no class', 'density', row('', ['26113']), 'class_wrong'],
    ['has no commune', 'density', row('1', []), 'commune_wrong'], ['has a postal name', 'density', row('1', ['Die']), 'commune_wrong'],
    ['has two communes of one class', 'density', row('1', ['26113', '26362']), 'commune_wrong'],
    ['is a quarter in two communes', 'quarters', row('QN02601M', ['26362', '26058']), undefined], ['is a quarter of 2014', 'quarters', row('QP026001', ['26362']), undefined],
    ['is no quarter', 'quarters', row('Polygone', ['26362']), 'quarter_wrong'], ['is of too many', 'quarters', row('QP026001', Array<string>(21).fill('26362')), 'commune_wrong'],
  ] as const)('%s', (_, list, text, expected) => expect(faultOf(list, text, NOBODY)).toBe(expected));

  it('that was said before is refused: a commune has one class, a quarter stands once', () => {
    expect(faultOf('density', row('2', ['26113']), new Set(['26113']))).toBe('repeated');
    expect(faultOf('quarters', row('QP026001', ['26113']), new Set(['QP026001']))).toBe('repeated');
    expect(faultOf('quarters', row('QP026002', ['26113']), new Set(['QP026001']))).toBeUndefined();
  });
});
