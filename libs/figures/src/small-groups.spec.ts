import { describe, expect, it } from '@jest/globals';
import { withoutSmallGroups } from './small-groups.js';

const shown = (...people: number[]) => withoutSmallGroups(people.map((count) => ({ people: count })), 11).shown.map((row) => row.people);

describe('groups that are told', () => {
  it.each([
    ['all, where all are large', [11, 40], [11, 40]],
    ['none of fewer than eleven, nor the only one beside them', [10, 10, 40], []],
    ['not the one that follows from the total and a small one', [10, 30, 40], [40]],
    ['not a small one and its only neighbour', [3, 40], []],
    ['the rest, where a hidden one is of eleven itself', [5, 6, 12, 13], [13]],
    ['nothing, where the small ones may all be the same people', [5, 6, 12], []],
    ['nothing of nothing', [], []],
    ['no single small one', [4], []],
  ])('%s', (_, people, expected) => expect(shown(...people)).toEqual(expected));

  it('leave in what is hidden one group that may be told, whatever the groups and whoever is in several of them', () => {
    for (let seed = 0; seed < 2_000; seed += 1) {
      const people = Array.from({ length: seed % 7 }, (_, at) => ((seed * 31 + at * 17 + (seed >> 3) * at) % 25) + 1);
      const { shown: rows, hiddenCount } = withoutSmallGroups(people.map((count) => ({ people: count })), 11);
      const shownPeople = rows.map((row) => row.people);
      const hidden = [...people];
      for (const count of shownPeople) hidden.splice(hidden.indexOf(count), 1);
      expect(rows.every((row) => row.people >= 11)).toBe(true);
      // Nothing shown: then the rest is the total, which is told only when it is large by itself.
      expect(hidden).toHaveLength(hiddenCount);
      expect(hiddenCount === 0 || rows.length === 0 || (Math.max(...hidden) >= 11 && hiddenCount >= 2)).toBe(true);
    }
  });
});
