import { describe, expect, it } from '@jest/globals';
import { decideReplay } from './ask-replay.decision.js';

describe('asking that a message is tried again', () => {
  it.each([
    ['nobody knows it', undefined, { code: 'dead_letter_unknown' }],
    ['it is open', { isReplayed: false, isWaiting: false }, { kind: 'asked' }],
    ['it waits for its try', { isReplayed: false, isWaiting: true }, { code: 'dead_letter_waiting' }],
    ['it was replayed', { isReplayed: true, isWaiting: false }, { code: 'dead_letter_replayed' }],
    ['it was replayed after it was asked for', { isReplayed: true, isWaiting: true }, { code: 'dead_letter_replayed' }],
  ] as const)('when %s', (_, letter, expected) => {
    expect(decideReplay(letter)).toMatchObject(expected);
  });
});
