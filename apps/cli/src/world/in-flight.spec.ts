import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { inFlight } from './in-flight.js';

describe('requests in flight', () => {
  it('are never more than allowed, and are answered in order', async () => {
    let now = 0;
    let most = 0;
    const answers = await inFlight(3, [5, 1, 4, 2, 3, 1], async (turns, index) => {
      most = Math.max(most, (now += 1));
      for (let turn = 0; turn < turns; turn += 1) await setImmediate();
      now -= 1;
      return `${index}:${turns}`;
    });
    expect([most, answers]).toEqual([3, ['0:5', '1:1', '2:4', '3:2', '4:3', '5:1']]);
  });

  it('stop at the first fault', async () => {
    const begun: number[] = [];
    await expect(inFlight(1, [1, 2, 3], async (item) => {
      begun.push(item);
      if (item === 2) throw new Error('two');
    })).rejects.toThrow('two');
    expect(begun).toEqual([1, 2]);
    expect(await inFlight(4, [], async () => 1)).toEqual([]);
  });
});
