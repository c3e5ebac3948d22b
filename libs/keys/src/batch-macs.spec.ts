// The fast way must give what the plain way gives, to the bit: vouchers are found by it.
import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BatchMacs, MAC_BYTES } from './batch-macs.js';
import { codeMac } from './code-mac.js';
import { SHORT_BYTES_MAX, ShortHmac } from './short-hmac.js';
import { deriveCode } from './voucher-code.js';

const ofWords = (hmac: ShortHmac, message: Buffer): string => {
  for (let at = 0; at < message.length; at += 4) hmac.block[at / 4] = message.readInt32BE(at);
  hmac.digest(message.length / 4);
  const digest = Buffer.alloc(32);
  hmac.words.forEach((word, at) => digest.writeInt32BE(word, at * 4));
  return digest.toString('hex');
};

describe('the HMAC of a short message', () => {
  it('is that of RFC 4231, test case 1 and 2', () => {
    expect(ofWords(new ShortHmac(Buffer.alloc(20, 0x0b)), Buffer.from('Hi There')))
      .toBe('b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7');
    expect(ofWords(new ShortHmac(Buffer.from('Jefe')), Buffer.from('what do ya want for nothing?')))
      .toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });

  it('is what the platform computes, for any key and any number of words that fit', () => {
    const words = fc.integer({ min: 1, max: Math.floor(SHORT_BYTES_MAX / 4) });
    const keys = fc.uint8Array({ minLength: 1, maxLength: 200 });
    fc.assert(fc.property(keys, fc.array(words, { minLength: 1, maxLength: 5 }), (key, lengths) => {
      const hmac = new ShortHmac(key);
      for (const length of lengths) {
        const message = randomBytes(length * 4);
        expect(ofWords(hmac, message)).toBe(createHmac('sha256', key).update(message).digest('hex'));
      }
    }));
  });
});

describe('the MACs of a batch', () => {
  it('are those of its codes', () => {
    const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const index = fc.oneof(fc.nat(1_000_000), fc.constantFrom(0, 9_999_999));
    fc.assert(fc.property(bytes32, bytes32, fc.array(index, { minLength: 1, maxLength: 20 }), (batchKey, pepper, indices) => {
      const macs = new BatchMacs(batchKey, pepper);
      const target = Buffer.alloc(indices.length * MAC_BYTES);
      const view = new DataView(target.buffer, target.byteOffset, target.length);
      indices.forEach((one, place) => macs.write(one, view, place * MAC_BYTES));
      const expected = indices.map((one) => codeMac(pepper, deriveCode(batchKey, one)).replaceAll('-', ''));
      expect(target.toString('hex')).toBe(expected.join(''));
    }));
  });

  it('are nothing of the keys once wiped', () => {
    const [batchKey, pepper] = [randomBytes(32), randomBytes(32)];
    const macs = new BatchMacs(batchKey, pepper);
    macs.wipe();
    const view = new DataView(new ArrayBuffer(MAC_BYTES));
    macs.write(0, view, 0);
    expect(Buffer.from(view.buffer).toString('hex')).not.toBe(codeMac(pepper, deriveCode(batchKey, 0)).replaceAll('-', ''));
  });
});
