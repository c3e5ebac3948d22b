import { describe, expect, it } from '@jest/globals';
import { reject } from '#libs/kernel';
import { decideProofSize, type AskedSize } from './proof-size.decision.js';

describe('the size that a proof speaks of', () => {
  it.each<[string, AskedSize, ReturnType<typeof decideProofSize>]>([
    ['is the one asked for', { asked: 3, checkpointed: 5, sealed: 9 }, 3],
    ['may be one that nobody signed', { asked: 9, checkpointed: 5, sealed: 9 }, 9],
    ['is the newest signed one', { asked: null, checkpointed: 5, sealed: 9 }, 5],
    ['is none before something was signed', { asked: null, checkpointed: undefined, sealed: 9 }, reject('checkpoint_not_found')],
    ['is none above the log', { asked: 10, checkpointed: 5, sealed: 9 }, reject('log_shorter', { size: 9 })],
  ])('%s', (_what, asked, size) => {
    expect(decideProofSize(asked)).toEqual(size);
  });
});
