// Reads the bytes of a chunk: 4 of the index, 16 of the code's hash, per voucher.
import { createHash } from 'node:crypto';
import { CHUNK_ENTRY_BYTES, type BodyOf, type VoucherChunkMintedV1 } from '#libs/contracts';
import { assert } from '#libs/kernel';

export type ChunkEntry = Readonly<{ index: number; codeMac: string }>;
type Chunk = Pick<BodyOf<typeof VoucherChunkMintedV1>, 'count' | 'entries' | 'entriesSha256'>;

/** Throws AssertionFault on bytes that are not the ones announced: such a chunk is never loaded in part. */
export function readEntries({ count, entries, entriesSha256 }: Chunk): ChunkEntry[] {
  const bytes = Buffer.from(entries, 'base64');
  assert(bytes.length === count * CHUNK_ENTRY_BYTES, `${bytes.length} bytes are not ${count} vouchers`);
  assert(createHash('sha256').update(bytes).digest('hex') === entriesSha256, 'the bytes of the chunk are not those that were sent');
  return Array.from({ length: count }, (_, position) => {
    const at = position * CHUNK_ENTRY_BYTES;
    return { index: bytes.readUInt32BE(at), codeMac: uuidOf(bytes.toString('hex', at + 4, at + CHUNK_ENTRY_BYTES)) };
  });
}

const uuidOf = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
