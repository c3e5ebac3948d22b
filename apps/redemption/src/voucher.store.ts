import type { Tx } from '#libs/persistence';
import type { StoredBatch } from './batch.store.js';
import type { ChunkEntry } from './take-batch/chunk-entries.js';

/** In the order given, which is that of the hashes, so that their index grows at its edge. */
export async function insertVouchers(tx: Tx, { id, unit, face }: StoredBatch, entries: readonly ChunkEntry[]): Promise<void> {
  const ids = entries.map(() => tx.newId());
  const indices = entries.map(({ index }) => index);
  const macs = entries.map(({ codeMac }) => codeMac);
  await tx.sql.$executeRaw`
    insert into redemption.voucher (id, batch_id, index, code_mac, unit, face, balance)
    select t.id, ${id}::uuid, t.index, t.code_mac, ${unit}, ${face}::bigint, ${face}::bigint
    from unnest(${ids}::uuid[], ${indices}::int[], ${macs}::uuid[]) as t(id, index, code_mac)`;
}
