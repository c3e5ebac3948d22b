import { describe, expect, it } from '@jest/globals';
import { withoutSmallGroups, type People } from './small-groups.decision.js';

const group = (vouchers: number, booklets: number, firstUse: number, usedUp: number): People =>
  ({ handedOver: { vouchers, booklets }, firstUse, usedUp });

describe('a group of a funnel', () => {
  it.each<[string, People, People]>([
    ['of five is told', group(50, 5, 5, 5), group(50, 5, 5, 5)],
    ['of nobody is told', group(0, 0, 0, 0), group(0, 0, 0, 0)],
    ['of four is nobody\'s business, nor what became of it', group(40, 4, 0, 0), { handedOver: null, firstUse: null, usedUp: null }],
    ['of parts of booklets may be one person', group(7, 0, 0, 0), { handedOver: null, firstUse: null, usedUp: null }],
    ['of which few began is told without them', group(90, 9, 4, 0), { ...group(90, 9, 4, 0), firstUse: null }],
    ['of which few are used up is told without them', group(90, 9, 6, 1), { ...group(90, 9, 6, 1), usedUp: null }],
  ])('%s', (_, given, told) => {
    expect(withoutSmallGroups(given, 5)).toEqual(told);
  });
});
