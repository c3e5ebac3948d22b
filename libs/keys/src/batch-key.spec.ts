import { describe, expect, it } from '@jest/globals';
import { newBatchKey, unwrapKey, wrapKey } from './batch-key.js';
import { KeyFault } from './key-fault.js';

const WRAPPING_KEY = Uint8Array.from({ length: 32 }, (_, at) => at * 5);

describe('a wrapped batch key', () => {
  it('is bound to the id of the key that wrapped it, even where two ids have one key', () => {
    const key = newBatchKey();
    const { wrapped } = wrapKey(WRAPPING_KEY, 'k1', key);
    expect(unwrapKey(WRAPPING_KEY, { keyId: 'k1', wrapped })).toEqual(key);
    expect(() => unwrapKey(WRAPPING_KEY, { keyId: 'k2', wrapped })).toThrow(KeyFault);
  });

  it('takes 61 bytes: format, nonce, key, tag', () => {
    expect(wrapKey(WRAPPING_KEY, 'k1', newBatchKey()).wrapped).toHaveLength(1 + 12 + 32 + 16);
  });

  it('is made of 256 bits and of nothing else', () => {
    expect(newBatchKey()).toHaveLength(32);
    expect(() => wrapKey(WRAPPING_KEY, 'k1', newBatchKey().subarray(1) as never)).toThrow(RangeError);
  });
});
