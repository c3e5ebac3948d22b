import { CHUNK_ENTRY_BYTES } from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import type { StoredBatch } from './batch.store.js';
import type { ChunkEntries } from './take-batch/chunk-entries.js';

/**
 * In the order given, which is that of the hashes, so that their index grows at its edge. The server takes the bytes apart
 * and draws the ids: as three lists of text, ten thousand vouchers take it twice as long, and us too.
 */
export async function insertVouchers(tx: Tx, { id, unit, face }: StoredBatch, { bytes, count }: ChunkEntries): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.voucher (id, batch_id, index, code_mac, unit, face, balance)
    select uuidv7(), ${id}::uuid, substring(chunk.bytes from entry * ${CHUNK_ENTRY_BYTES}::int + 1 for 4)::int,
      encode(substring(chunk.bytes from entry * ${CHUNK_ENTRY_BYTES}::int + 5 for 16), 'hex')::uuid,
      ${unit}, ${face}::bigint, ${face}::bigint
    from (select ${bytes}::bytea as bytes) chunk cross join generate_series(0, ${count}::int - 1) as entry`;
}
