// The bytes that redemption gets of a batch: index and MAC of each voucher, the whole batch sorted by MAC, so that its
// index of MACs is filled in order. Depends on the keys alone: made again after a kill, the bytes are the same.
import { CHUNK_ENTRY_BYTES } from '#libs/contracts';
import { deriveCode, type BatchKey, type CodeMac, type VoucherCode } from '#libs/keys';
import { MINT_SLICE } from '../limits.js';

const MAC_AT = 4;

export type EntriesOf = Readonly<{
  batchKey: BatchKey;
  count: number;
  macOf: (code: VoucherCode) => CodeMac;
  /** Gives the event loop its turn; throws to stop. */
  turn: () => Promise<void>;
}>;

export async function deriveEntries({ batchKey, count, macOf, turn }: EntriesOf): Promise<Buffer> {
  const entries = Buffer.alloc(count * CHUNK_ENTRY_BYTES);
  for (let index = 0; index < count; index += 1) {
    if (index % MINT_SLICE === 0) await turn();
    const at = index * CHUNK_ENTRY_BYTES;
    entries.writeUInt32BE(index, at);
    entries.write(macOf(deriveCode(batchKey, index)).replaceAll('-', ''), at + MAC_AT, 'hex');
  }
  return sortedByMac(entries, turn);
}

/** By the MAC's first byte into 256 heaps, then each heap by the whole MAC: no step holds the event loop for long. */
async function sortedByMac(entries: Buffer, turn: () => Promise<void>): Promise<Buffer> {
  const heaps: number[][] = Array.from({ length: 256 }, () => []);
  for (let at = 0; at < entries.length; at += CHUNK_ENTRY_BYTES) heaps[entries[at + MAC_AT]!]!.push(at);
  const byMac = (a: number, b: number) =>
    entries.compare(entries, b + MAC_AT, b + CHUNK_ENTRY_BYTES, a + MAC_AT, a + CHUNK_ENTRY_BYTES);

  const sorted = Buffer.alloc(entries.length);
  let written = 0;
  for (const heap of heaps) {
    await turn();
    for (const at of heap.sort(byMac)) written += entries.copy(sorted, written, at, at + CHUNK_ENTRY_BYTES);
  }
  return sorted;
}
