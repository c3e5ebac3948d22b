import { describe, expect, it } from '@jest/globals';
import { withoutSmallGroups } from './small-groups.decision.js';

const shown = (...people: number[]) => withoutSmallGroups(people.map((count) => ({ people: count })), 11).shown.map((row) => row.people);

describe('groups that are told', () => {
  it.each([
    ['all, where all are large', [11, 40], [11, 40]],
    ['none of fewer than eleven', [10, 10, 40], [40]],
    ['not the one that follows from the total and a small one', [10, 30, 40], [40]],
    ['not a small one and its only neighbour', [3, 40], []],
    ['the rest, where the small ones are eleven together', [5, 6, 12], [12]],
    ['not yet, where they are ten together', [5, 5, 12, 13], [13]],
    ['nothing of nothing', [], []],
    ['no single small one', [4], []],
  ])('%s', (_, people, expected) => expect(shown(...people)).toEqual(expected));

  it('leave to nobody a total less the shown ones that is of fewer than eleven people, whatever the groups', () => {
    for (let seed = 0; seed < 2_000; seed += 1) {
      const people = Array.from({ length: seed % 7 }, (_, at) => ((seed * 31 + at * 17 + (seed >> 3) * at) % 25) + 1);
      const { shown: rows, hiddenCount } = withoutSmallGroups(people.map((count) => ({ people: count })), 11);
      const total = people.reduce((sum, count) => sum + count, 0);
      const rest = total - rows.reduce((sum, row) => sum + row.people, 0);
      expect(rows.every((row) => row.people >= 11)).toBe(true);
      // Nothing shown: then the rest is the total, which is told only when it is large by itself.
      expect(hiddenCount === 0 || rows.length === 0 || (rest >= 11 && hiddenCount >= 2)).toBe(true);
    }
  });
});
