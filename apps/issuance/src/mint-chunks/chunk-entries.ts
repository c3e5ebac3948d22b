// The bytes that redemption gets of a batch: index and MAC of each voucher, the whole batch sorted by MAC, so that its
// index of MACs is filled in order. Depends on the keys alone: made again after a kill, the bytes are the same.
import { CHUNK_ENTRIES_MAX, CHUNK_ENTRY_BYTES } from '#libs/contracts';
import { MAC_BYTES, type BatchMacs } from '#libs/keys';
import { MINT_SLICE } from '../limits.js';

const MAC_AT = CHUNK_ENTRY_BYTES - MAC_BYTES;
const HEAPS = 256;
/** A key of sorting: the first 32 bits of the MAC, then the index, which a batch has fewer of than this. Exact in a double. */
const INDEX_SPAN = 2 ** 20;

export type EntriesOf = Readonly<{
  macs: BatchMacs;
  count: number;
  /** Gives the event loop its turn; throws to stop. */
  turn: () => Promise<void>;
}>;

/** All MACs of a batch and their order: 24 bytes per voucher. Chunks are made of it one by one. */
export class ChunkEntries {
  private constructor(private readonly byIndex: Buffer, private readonly order: Float64Array) {}

  static async derive({ macs, count, turn }: EntriesOf): Promise<ChunkEntries> {
    const byIndex = Buffer.alloc(count * MAC_BYTES);
    const view = new DataView(byIndex.buffer, byIndex.byteOffset, byIndex.length);
    for (let index = 0; index < count; index += 1) {
      if (index % MINT_SLICE === 0) await turn();
      macs.write(index, view, index * MAC_BYTES);
    }
    return new ChunkEntries(byIndex, await sortedByMac(byIndex, view, turn));
  }

  /** The bytes of one chunk; the last one may be shorter. */
  chunk(chunk: number): Buffer {
    const places = this.order.subarray(chunk * CHUNK_ENTRIES_MAX, (chunk + 1) * CHUNK_ENTRIES_MAX);
    const entries = Buffer.alloc(places.length * CHUNK_ENTRY_BYTES);
    places.forEach((key, place) => {
      const index = indexOf(key);
      const at = place * CHUNK_ENTRY_BYTES;
      entries.writeUInt32BE(index, at);
      this.byIndex.copy(entries, at + MAC_AT, index * MAC_BYTES, (index + 1) * MAC_BYTES);
    });
    return entries;
  }
}

const indexOf = (key: number): number => key % INDEX_SPAN;

/** By the MAC's first byte into 256 heaps, then each heap by itself: no step holds the event loop for long. */
async function sortedByMac(byIndex: Buffer, view: DataView, turn: () => Promise<void>): Promise<Float64Array> {
  const count = byIndex.length / MAC_BYTES;
  const begins = new Uint32Array(HEAPS + 1);
  for (let index = 0; index < count; index += 1) begins[byIndex[index * MAC_BYTES]! + 1]! += 1;
  for (let heap = 0; heap < HEAPS; heap += 1) begins[heap + 1]! += begins[heap]!;
  await turn();
  const order = new Float64Array(count);
  const next = begins.slice();
  for (let index = 0; index < count; index += 1) {
    const heap = byIndex[index * MAC_BYTES]!;
    order[next[heap]!] = view.getUint32(index * MAC_BYTES) * INDEX_SPAN + index;
    next[heap]! += 1;
  }
  for (let heap = 0; heap < HEAPS; heap += 1) {
    await turn();
    settleTwins(order.subarray(begins[heap], begins[heap + 1]).sort(), byIndex);
  }
  return order;
}

/** Among a million some hundred share their first 32 bits with a neighbour: these are put in order by the whole MAC. */
function settleTwins(heap: Float64Array, byIndex: Buffer): void {
  const prefixOf = (at: number): number => Math.floor(heap[at]! / INDEX_SPAN);
  for (let from = 0, to = 1; from < heap.length; from = to, to += 1) {
    while (to < heap.length && prefixOf(to) === prefixOf(from)) to += 1;
    if (to - from > 1) heap.set(Array.from(heap.subarray(from, to)).sort(byMac(byIndex)), from);
  }
}

const byMac = (byIndex: Buffer) => (a: number, b: number): number => {
  const [one, other] = [indexOf(a) * MAC_BYTES, indexOf(b) * MAC_BYTES];
  return byIndex.compare(byIndex, other, other + MAC_BYTES, one, one + MAC_BYTES);
};
