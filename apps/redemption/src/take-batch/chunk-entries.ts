// The bytes of a chunk: 4 of the index, 16 of the code's hash, per voucher. They go to the database as they are.
import { createHash } from 'node:crypto';
import { CHUNK_ENTRY_BYTES, type BodyOf, type VoucherChunkMintedV1 } from '#libs/contracts';
import { assert } from '#libs/kernel';

export type ChunkEntries = Readonly<{ bytes: Buffer; count: number; /** The highest there is. */ indexMax: number }>;
type Chunk = Pick<BodyOf<typeof VoucherChunkMintedV1>, 'count' | 'entries' | 'entriesSha256'>;

/** Throws AssertionFault on bytes that are not the ones announced: such a chunk is never loaded in part. */
export function readEntries({ count, entries, entriesSha256 }: Chunk): ChunkEntries {
  const bytes = Buffer.from(entries, 'base64');
  assert(bytes.length === count * CHUNK_ENTRY_BYTES, `${bytes.length} bytes are not ${count} vouchers`);
  assert(createHash('sha256').update(bytes).digest('hex') === entriesSha256, 'the bytes of the chunk are not those that were sent');
  let indexMax = 0;
  for (let at = 0; at < bytes.length; at += CHUNK_ENTRY_BYTES) indexMax = Math.max(indexMax, bytes.readUInt32BE(at));
  return { bytes, count, indexMax };
}
