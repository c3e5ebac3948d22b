// A batch whose claims have ended, and a run of it: what the expiry bench takes apart. Its vouchers lie in the table
// in the order of their codes' hashes, as real ones do, so that a chunk's rows are scattered.
import type pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { idOf, type BatchId, type ExpiryRunId } from '#libs/kernel';

const [FACE_CENTS, CUSTODY] = [1_000, '01900000-0000-7000-8000-0000000000aa'];

/** Made by the superuser: it is no part of the product. */
export async function endedBatch(admin: pg.Client, count: number): Promise<BatchId> {
  const [batchId, activationId] = [idOf('batch', uuidv7()), uuidv7()];
  await admin.query(
    `insert into redemption.batch (id, order_id, programme_id, count, chunks, face, currency, unit, usable_until, claimable_until, custody_account_id,
       pepper_key_id, serial_permutation_id, created_at)
     values ($1, $2, $2, $3, 1, $4, 'EUR', false, '2020-12-31', '2021-01-31', $5, 'k1', 's1', now())`, [batchId, uuidv7(), count, FACE_CENTS, CUSTODY]);
  await admin.query(
    `insert into redemption.voucher (id, batch_id, index, code_mac, unit, face, balance)
     select uuidv7(), $1, i, mac, false, $2, $2
     from (select i, gen_random_uuid() as mac from generate_series(0, $3::int - 1) as i) v order by mac`, [batchId, FACE_CENTS, count]);
  await admin.query(`insert into redemption.voucher_range values ($1, $2, 0, $3, $4, 'EUR', now(), now())`, [activationId, batchId, count - 1, count * FACE_CENTS]);
  await admin.query(
    `insert into redemption.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
     values ($1, 0, '6', 'clearing:issuance', $2, $3, 'EUR', $4)`, [activationId, `outstanding:${batchId}`, count * FACE_CENTS, CUSTODY]);
  return batchId;
}

export async function openRun(admin: pg.Client, batchId: BatchId): Promise<ExpiryRunId> {
  const runId = idOf('expiryRun', uuidv7());
  await admin.query(`insert into redemption.expiry_run (id, batch_id, started_by, started_at) values ($1, $2, 'bench', now())`, [runId, batchId]);
  return runId;
}
