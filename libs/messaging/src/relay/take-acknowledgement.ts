import type pg from 'pg';
import type { Service } from '#libs/contracts';
import type { Acknowledgement } from '../batch.js';
import { WITHOUT_WAITING } from './without-waiting.js';

/** False when the receiver claims a batch that was never made: this database is older than what it once sent. */
export async function takeAcknowledgement(
  pool: pg.Pool, service: Service, { receiver, batchNo }: Acknowledgement,
): Promise<boolean> {
  const { rows } = await pool.query<{ last: string }>(
    `select last_batch_no as last from ${service}.receiver_position where receiver = $1`, [receiver],
  );
  if (batchNo > Number(rows[0]?.last ?? 0)) return false;
  // One statement, so that the position never says more than the rows. Forgotten with the server, it comes again for what is sent again.
  await pool.query(`
    ${WITHOUT_WAITING}, done as (
      update ${service}.sent_batch set acknowledged_at = clock_timestamp()
      where receiver = $1 and batch_no <= $2 and acknowledged_at is null)
    update ${service}.receiver_position set acknowledged_batch_no = greatest(acknowledged_batch_no, $2) from quick where receiver = $1`,
  [receiver, batchNo]);
  return true;
}
