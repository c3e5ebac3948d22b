import { describe, expect, it } from '@jest/globals';
import {
  KEY_REQUESTS_MAX, KEY_ROWS_MAX, KEY_WINDOW_MS, KeyLogRoom, KeyRates, PARTY_REQUESTS_MAX, PARTY_ROWS_MAX, ROWS_WINDOW_MS,
} from './index.js';
import { COUNTED_MAX } from './rate-windows.js';

describe('the requests of a key', () => {
  it('are counted by the minute, each key for itself', () => {
    let now = 0;
    const rates = new KeyRates(() => now);
    for (let count = 0; count < KEY_REQUESTS_MAX; count += 1) expect(rates.count('a', 'p')).toBeUndefined();
    now = KEY_WINDOW_MS - 1;
    expect([rates.count('a', 'p'), rates.count('b', 'p')]).toEqual([1, undefined]);
    now = KEY_WINDOW_MS;
    expect(rates.count('a', 'p')).toBeUndefined();
  });

  it('are counted for all keys of one organisation together, so that a new key is no fresh count', () => {
    let now = 0;
    const rates = new KeyRates(() => now);
    for (let count = 0; count < PARTY_REQUESTS_MAX; count += 1) expect(rates.count(`k${count}`, 'p')).toBeUndefined();
    expect([rates.count('fresh', 'p'), rates.count('theirs', 'q')]).toEqual([60, undefined]);
    now = KEY_WINDOW_MS;
    expect(rates.count('fresh', 'p')).toBeUndefined();
  });

  it('count for the organisation only while the key may ask: one that loops leaves room for the others', () => {
    const rates = new KeyRates(() => 0);
    for (let count = 0; count < 2 * PARTY_REQUESTS_MAX; count += 1) rates.count('loops', 'p');
    expect([rates.count('loops', 'p'), rates.count('other', 'p')]).toEqual([60, undefined]);
  });

  it('of more keys than are remembered forget the oldest', () => {
    const rates = new KeyRates(() => 0);
    for (let count = 0; count <= KEY_REQUESTS_MAX; count += 1) rates.count('first', 'p');
    expect(rates.count('first', 'p')).toBe(60);
    for (let key = 0; key < COUNTED_MAX; key += 1) rates.count(`k${key}`, `p${key}`);
    expect(rates.count('first', 'p')).toBeUndefined();
  });
});

describe('the rows of a key in the log', () => {
  it('have room for so many in an hour, and for so many of one organisation', () => {
    let now = 0;
    const room = new KeyLogRoom(() => now);
    const taken = (keyId: string, partyId: string) =>
      Array.from({ length: 2 * KEY_ROWS_MAX }, () => room.take(keyId, partyId)).filter(Boolean).length;
    expect([taken('a', 'p'), taken('b', 'p'), taken('c', 'q')]).toEqual([KEY_ROWS_MAX, KEY_ROWS_MAX, KEY_ROWS_MAX]);
    now = ROWS_WINDOW_MS - 1;
    expect(taken('a', 'p')).toBe(0);
    const fresh = Array.from({ length: 20 }, (_, key) => taken(`fresh${key}`, 'p'));
    expect(fresh.reduce((sum, one) => sum + one, 2 * KEY_ROWS_MAX)).toBe(PARTY_ROWS_MAX);
    now = ROWS_WINDOW_MS;
    expect(taken('a', 'p')).toBe(KEY_ROWS_MAX);
  });
});
