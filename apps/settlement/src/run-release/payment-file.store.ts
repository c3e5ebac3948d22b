import type { Tx } from '#libs/persistence';
import type { Rail } from '../payment-source.decision.js';
import type { RunId } from '../settlement-runs/settlement-runs.commands.js';
import { personOf } from '../settlement.work.js';
import type { RunState } from './run.decision.js';

export type StoredFile = Readonly<{ state: RunState; rail: Rail; bytes: Uint8Array; sha256: string; messageId: string }>;

/** Locks the run: downloads are counted one after the other. */
export async function readFile(tx: Tx, runId: RunId): Promise<StoredFile | undefined> {
  const [row] = await tx.sql.$queryRaw<StoredFile[]>`
    select r.state, r.rail, f.bytes, f.sha256, r.message_id as "messageId"
    from settlement.settlement_run r join settlement.payment_file f on f.run_id = r.id
    where r.id = ${runId}::uuid for update of r`;
  return row;
}

/** How often the file has been taken, this time included. */
export async function markDownload(tx: Tx, runId: RunId): Promise<number> {
  const [row] = await tx.sql.$queryRaw<{ ordinal: number }[]>`
    insert into settlement.payment_file_download (run_id, ordinal, user_id, at)
    select ${runId}::uuid, coalesce(max(ordinal), 0) + 1, ${personOf(tx)}, ${tx.now}
    from settlement.payment_file_download where run_id = ${runId}::uuid
    returning ordinal`;
  return row!.ordinal;
}
