import { describe, expect, it } from '@jest/globals';
import { KEY_REQUESTS_MAX, KEY_WINDOW_MS, KeyRates, KEYS_COUNTED_MAX } from './index.js';

describe('the requests of a key', () => {
  it('are counted by the minute, each key for itself', () => {
    let now = 0;
    const rates = new KeyRates(() => now);
    for (let count = 0; count < KEY_REQUESTS_MAX; count += 1) expect(rates.count('a')).toBeUndefined();
    now = KEY_WINDOW_MS - 1;
    expect([rates.count('a'), rates.count('b')]).toEqual([1, undefined]);
    now = KEY_WINDOW_MS;
    expect(rates.count('a')).toBeUndefined();
  });

  it('of more keys than are remembered forget the oldest', () => {
    const rates = new KeyRates(() => 0);
    for (let count = 0; count <= KEY_REQUESTS_MAX; count += 1) rates.count('first');
    expect(rates.count('first')).toBe(60);
    for (let key = 0; key < KEYS_COUNTED_MAX; key += 1) rates.count(`k${key}`);
    expect(rates.count('first')).toBeUndefined();
  });
});
