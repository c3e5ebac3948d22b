import { describe, expect, it } from '@jest/globals';
import { dayInWords, withFirstOfMonth } from './day-words.js';

describe('a day in words', () => {
  it.each([
    ['2026-12-01', '1er décembre 2026', '1 December 2026'], ['2026-11-24', '24 novembre 2026', '24 November 2026'],
    ['2026-05-11', '11 mai 2026', '11 May 2026'], ['2026-01-31', '31 janvier 2026', '31 January 2026'],
  ])('%s is said as the language says it', (day, french, english) => {
    expect([dayInWords(day, 'fr'), dayInWords(day, 'en')]).toEqual([french, english]);
  });

  it('has its ordinal behind a weekday too, and nowhere but at a first', () => {
    expect(withFirstOfMonth('mardi 1 décembre 2026', 'fr')).toBe('mardi 1er décembre 2026');
    expect(withFirstOfMonth('21 août 2026 à 11:01', 'fr')).toBe('21 août 2026 à 11:01');
  });

  it('is refused where there is none', () => {
    expect(() => dayInWords('yesterday', 'fr')).toThrow(RangeError);
  });
});
