import { describe, expect, it } from '@jest/globals';
import { judge, type Standing } from './health.js';

const GAP_MS = 60_000;
const quiet: Standing = { outboxAgeMs: 0, unacknowledgedAgeMs: 0, missingBatchAgeMs: 0, deadLetterCount: 0, isQuiet: true };
const worker = { silentMs: 0, isAsleep: false, isOlderThanSent: false };

describe('how messages stand', () => {
  it.each<[string, Partial<Standing>, Partial<typeof worker>, string, string[]]>([
    ['all are taken', {}, {}, 'ok', []],
    ['one waits for a person', { deadLetterCount: 1 }, {}, 'ok', ['dead_letters']],
    ['a receiver is away for exactly a minute', { unacknowledgedAgeMs: GAP_MS }, {}, 'ok', []],
    ['a receiver is away for longer', { unacknowledgedAgeMs: GAP_MS + 1 }, {}, 'late', ['gap']],
    ['one below others is missing', { missingBatchAgeMs: GAP_MS + 1, deadLetterCount: 2 }, {}, 'late', ['missing_batch', 'dead_letters']],
    ['none gets its number', { outboxAgeMs: GAP_MS + 1 }, {}, 'late', ['outbox_stuck']],
    ['the worker of this process sleeps', {}, { isAsleep: true }, 'failed', ['worker_asleep']],
    ['this database is an older copy, and a receiver is away', { unacknowledgedAgeMs: GAP_MS + 1 }, { isOlderThanSent: true }, 'failed', ['gap', 'older_than_sent']],
  ])('where %s', (_, standing, state, expected, alarms) => {
    expect(judge({ ...quiet, ...standing }, { ...worker, ...state }, GAP_MS)).toMatchObject({ state: expected, alarms });
  });
});
