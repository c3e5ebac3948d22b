import { describe, expect, it } from '@jest/globals';
import { age } from './age.js';

describe('an age', () => {
  it.each([
    [-5, 'less than a minute'], [59_999, 'less than a minute'], [60_000, '1 min'], [7_199_999, '119 min'], [7_200_000, '2 hours'],
    [172_799_999, '47 hours'], [172_800_000, '2 days'], [40 * 86_400_000, '40 days'],
  ])('of %p ms is %s', (ms, words) => {
    expect(age(ms, (_, english) => english)).toBe(words);
  });
});
