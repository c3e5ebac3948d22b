import { describe, expect, it } from '@jest/globals';
import { decideRenaming, decideSaving, type Held } from './saved-view.decision.js';

const held = (count: number): Held[] => Array.from({ length: count }, (_, index) => index + 1)
  .map((place) => ({ savedViewId: `v${place}`, place, name: `View ${place}` }));

describe('keeping a view', () => {
  it.each([
    ['the first takes the first place', held(0), 'Mine', { place: 1 }],
    ['another takes the next', held(3), 'Mine', { place: 4 }],
    ['a place that was given up is taken again', held(20).filter(({ place }) => place !== 7), 'Mine', { place: 7 }],
    ['the twenty-first is one too many', held(20), 'Mine', { code: 'saved_views_too_many' }],
    ['a name is given once', held(3), 'View 2', { code: 'saved_view_exists' }],
    ['names differ by their case', held(3), 'view 2', { place: 4 }],
  ] as const)('%s', (_, views, name, expected) => { expect(decideSaving(views, name)).toMatchObject(expected); });
});

describe('calling a view otherwise', () => {
  it.each([
    ['a new name', 'v2', 'Mine', { kind: 'renamed' }], ['the name that it has', 'v2', 'View 2', { kind: 'renamed' }],
    ['the name of another', 'v2', 'View 3', { code: 'saved_view_exists' }], ['one that is not there', 'v9', 'Mine', { code: 'saved_view_not_found' }],
  ] as const)('by %s', (_, savedViewId, name, expected) => { expect(decideRenaming(held(3), savedViewId, name)).toMatchObject(expected); });
});
