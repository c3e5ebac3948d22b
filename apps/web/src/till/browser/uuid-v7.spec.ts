import { describe, expect, it } from '@jest/globals';
import { isUuidV7 } from '#libs/kernel';
import { uuidV7 } from './uuid-v7.js';

describe('a key of the till', () => {
  it('is a UUIDv7: of its time first, and of all the chance that it was given', () => {
    expect(uuidV7(0x0190_2c7b_5d2a, new Uint8Array(10))).toBe('01902c7b-5d2a-7000-8000-000000000000');
    expect(uuidV7(0x0190_2c7b_5d2a, new Uint8Array(10).fill(255))).toBe('01902c7b-5d2a-7fff-bfff-ffffffffffff');
    expect(uuidV7(1, Uint8Array.from([0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf0, 0x11, 0x22]))).toBe('00000000-0001-7123-8567-89abcdef0112');
  });

  it('is what redemption takes for one, is not drawn twice, and rises with time', () => {
    const keys = Array.from({ length: 1_000 }, (_, at) => uuidV7(1_800_000_000_000 + at));
    expect(keys.every(isUuidV7)).toBe(true);
    expect(new Set(keys).size).toBe(1_000);
    expect(keys.toSorted()).toEqual(keys);
  });
});
