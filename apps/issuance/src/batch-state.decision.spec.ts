import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BATCH_MOVES, BATCH_STATES, stateOfChunks, type BatchState } from './batch-state.decision.js';

describe('the state of a batch', () => {
  it.each<[number, number, number, BatchState]>([
    [3, 0, 0, 'minting'], [3, 2, 2, 'minting'], [3, 3, 0, 'minted'], [3, 3, 2, 'minted'], [3, 3, 3, 'loaded'], [1, 1, 1, 'loaded'],
  ])('of %i chunks, %i minted and %i loaded, is %s', (chunkCount, minted, loaded, state) => {
    expect(stateOfChunks({ chunkCount, minted, loaded })).toBe(state);
  });

  it('can be reached from the first, each of them', () => {
    const reached = new Set<BatchState>(['minting']);
    for (const state of reached) BATCH_MOVES[state].forEach((next) => reached.add(next));
    expect([...reached].sort()).toEqual([...BATCH_STATES].sort());
  });

  it('makes only allowed moves, whatever the order of minting and loading', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 6 }), fc.infiniteStream(fc.boolean()), (chunkCount, choices) => {
      let [minted, loaded] = [0, 0];
      let before: BatchState = 'minting';
      for (const mint of choices) {
        if (loaded === chunkCount) break;
        if ((mint || loaded === minted) && minted < chunkCount) minted += 1;
        else loaded += 1;
        const after = stateOfChunks({ chunkCount, minted, loaded });
        expect(after === before || BATCH_MOVES[before].includes(after)).toBe(true);
        before = after;
      }
      expect(before).toBe('loaded');
    }));
  });
});
