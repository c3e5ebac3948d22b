import { describe, expect, it } from '@jest/globals';
import { reject } from '#libs/kernel';
import { decideCheckpoint, type Asked } from './publish-checkpoint.decision.js';

const HOUR = 3_600_000;
const base: Asked = { now: new Date('2026-03-02T10:00:00Z'), everyMs: HOUR, when: 'now', size: 10, isClosed: false, last: { size: 4, time: '2026-03-02T09:30:00Z' } };

describe('a checkpoint', () => {
  it.each<[string, Partial<Asked>, ReturnType<typeof decideCheckpoint>]>([
    ['is signed when the log grew', {}, 'sign'],
    ['is signed the first time', { last: undefined }, 'sign'],
    ['stands while nothing comes', { size: 4 }, 'last stands'],
    ['of nothing is refused', { size: 0, last: undefined }, reject('log_empty')],
    ['of nothing is not due', { size: 0, last: undefined, when: 'when due' }, 'not due'],
    ['is not due within the hour', { when: 'when due' }, 'not due'],
    ['is due at the hour', { when: 'when due', now: new Date('2026-03-02T10:30:00Z') }, 'sign'],
    ['is due at once where a statement closed', { when: 'when due', isClosed: true }, 'sign'],
    ['stands where nothing came, whatever closed before', { when: 'when due', isClosed: true, size: 4 }, 'last stands'],
    ['is due the first time', { when: 'when due', last: undefined }, 'sign'],
    ['is never signed over one that the log contradicts', { contradicted: 4 }, reject('checkpoint_contradicted', { size: 4 })],
    ['is refused over a contradiction even when nothing came', { size: 4, contradicted: 4 }, reject('checkpoint_contradicted', { size: 4 })],
    ['is refused over a contradiction even when the log is empty', { size: 0, contradicted: 4 }, reject('checkpoint_contradicted', { size: 4 })],
  ])('%s', (_what, over, step) => {
    expect(decideCheckpoint({ ...base, ...over })).toEqual(step);
  });
});
