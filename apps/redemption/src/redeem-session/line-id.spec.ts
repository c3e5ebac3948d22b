import { describe, expect, it } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { isUuidV7 } from '#libs/kernel';
import { lineIdOf } from './line-id.js';

const KEY = '01900000-0000-7000-8000-00000000000a';

describe('the id of a line', () => {
  it('is a UUIDv7 of the session\'s moment, and the same whenever it is asked for', () => {
    for (const key of [KEY, uuidv7()]) {
      const ids = Array.from({ length: 100 }, (_, line) => lineIdOf(key, line));
      expect(ids.every((id) => isUuidV7(id) && /^[89ab]/.test(id.slice(19)) && id.slice(0, 13) === key.slice(0, 13))).toBe(true);
      expect(new Set([...ids, key]).size).toBe(101);
      expect(ids).toEqual(Array.from({ length: 100 }, (_, line) => lineIdOf(key, line)));
    }
  });

  it('is another one under another key', () => {
    expect(lineIdOf(KEY, 3)).not.toBe(lineIdOf(KEY.replace(/a$/, 'b'), 3));
  });
});
