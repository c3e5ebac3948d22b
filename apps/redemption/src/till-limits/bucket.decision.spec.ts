import { describe, expect, it } from '@jest/globals';
import { drained, fullBucket, isFull, secondsToWait, type Limit } from './bucket.decision.js';

const limit: Limit = { burst: 10, perMinute: 2 };
const START = 1_000_000;
const MINUTE = 60_000;
/** Attempts at these minutes, in this order. */
const after = (counts: readonly (readonly [minute: number, count: number])[]) =>
  counts.reduce((bucket, [minute, count]) => drained(bucket, limit, count, START + minute * MINUTE), fullBucket(limit, START));

describe('a bucket', () => {
  it.each<[string, (readonly [number, number])[], number, number]>([
    ['is full at first', [], 0, 0],
    ['lets its burst through', [[0, 9]], 0, 0],
    ['stops after it, for as long as one takes to flow in', [[0, 10]], 0, 30],
    ['rounds a wait up', [[0, 10]], 0.01, 30],
    ['lets one through when it has flowed in', [[0, 10]], 0.5, 0],
    ['keeps a debt', [[0, 14]], 0, 150],
    ['forgets a debt beyond its own size', [[0, 1_000]], 0, 330],
    ['does not fill beyond its burst, however long nothing came', [[0, 10], [600, 10]], 600, 30],
    ['goes by the sum, not by how it is cut', [[0, 4], [0, 4], [0, 2]], 0, 30],
    ['fills nothing by a clock that went back', [[0, 10], [-5, 0]], -5, 30],
    ['counts what is told late at once', [[5, 4], [0, 6]], 5, 30],
  ])('%s', (_, counts, minute, seconds) => {
    expect(secondsToWait(after(counts), limit, START + minute * MINUTE)).toBe(seconds);
  });

  it('is full again once all of it flowed in, and not before', () => {
    const bucket = after([[0, 10]]);
    expect([4.9, 5].map((minute) => isFull(bucket, limit, START + minute * MINUTE))).toEqual([false, true]);
  });
});
