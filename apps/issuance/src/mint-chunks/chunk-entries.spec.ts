import { describe, expect, it } from '@jest/globals';
import { CHUNK_ENTRIES_MAX, CHUNK_ENTRY_BYTES } from '#libs/contracts';
import { MAC_BYTES, type BatchMacs } from '#libs/keys';
import { ChunkEntries } from './chunk-entries.js';

/** MACs of which many share their first bytes, up to all but the last. */
const macOf = (index: number): Buffer => {
  const mac = Buffer.alloc(MAC_BYTES, index % 3);
  mac.writeUInt32BE((index * 2_654_435_761) >>> 0, MAC_BYTES - 4);
  return mac;
};
const macs = {
  write: (index: number, target: DataView, at: number) => { macOf(index).forEach((byte, place) => target.setUint8(at + place, byte)); },
} as unknown as BatchMacs;

describe('the entries of a batch', () => {
  it('are each voucher once, in the order of the whole MAC, cut into chunks', async () => {
    const count = CHUNK_ENTRIES_MAX + 5;
    const entries = await ChunkEntries.derive({ macs, count, turn: async () => undefined });
    const bytes = Buffer.concat([entries.chunk(0), entries.chunk(1)]);
    expect(entries.chunk(1).length).toBe(5 * CHUNK_ENTRY_BYTES);
    const sorted = Array.from({ length: count }, (_, index) => {
      const entry = Buffer.alloc(CHUNK_ENTRY_BYTES);
      entry.writeUInt32BE(index);
      macOf(index).copy(entry, 4);
      return entry;
    }).sort((a, b) => a.compare(b, 4, undefined, 4));
    expect(bytes.equals(Buffer.concat(sorted))).toBe(true);
  });
});
