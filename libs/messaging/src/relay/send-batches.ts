// Brings numbered batches into the queues: new ones at once, old ones again while nobody acknowledges them. Outside of
// any transaction: the queue may be away, slow, or empty again at any moment.
import type pg from 'pg';
import type { Service } from '#libs/contracts';
import { jobIdOf, type Batch } from '../batch.js';
import { LIMITS } from '../limits.js';
import type { QueuePort } from '../queue/port.js';
import { WITHOUT_WAITING } from './without-waiting.js';
import { inboxOf } from '../routing.js';

type Due = Readonly<{ receiver: Service; batchNo: number; try: number; isSent: boolean }>;
type Sending = Readonly<{ pool: pg.Pool; queues: QueuePort; service: Service; resendMs: number }>;

/** Number of batches that went into a queue. Throws when a queue did not take one; that one is sent again later. */
export async function sendBatches(sending: Sending): Promise<number> {
  const due = await dueBatches(sending);
  const perReceiver = new Map<Service, Due[]>();
  for (const one of due) perReceiver.set(one.receiver, [...(perReceiver.get(one.receiver) ?? []), one]);
  const sent = await Promise.allSettled([...perReceiver.values()].map((batches) => sendTo(sending, batches)));
  const failed = sent.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return sent.reduce((sum, one) => sum + (one.status === 'fulfilled' ? one.value : 0), 0);
}

async function sendTo(sending: Sending, due: readonly Due[]): Promise<number> {
  const { pool, queues, service } = sending;
  const chosen: Due[] = [];
  for (const one of due.slice(0, LIMITS.sentPerPass)) {
    const isWaiting = one.isSent && await queues.isUnderway(inboxOf(one.receiver), jobIdOf({ ...one, sender: service }));
    if (isWaiting) await lookAgainLater(pool, service, one);
    else chosen.push(one);
  }
  const batches = await claim(pool, service, chosen);
  for (const batch of batches) {
    await queues.send(inboxOf(batch.receiver), { id: jobIdOf(batch), name: 'batch', data: batch, keep: true });
  }
  return batches.length;
}

/** Per receiver the window of the oldest unacknowledged batches: of these the never sent, and the first few if stale. */
async function dueBatches({ pool, service, resendMs }: Sending): Promise<Due[]> {
  const { rows } = await pool.query<{ receiver: Service; batch_no: string; try: number; is_sent: boolean }>(`
    select r.receiver, w.batch_no, w.try, w.sent_at is not null as is_sent
    from ${service}.receiver_position r cross join lateral (
      select s.batch_no, s.try, s.sent_at, row_number() over (order by s.batch_no) as place
      from ${service}.sent_batch s where s.receiver = r.receiver and s.acknowledged_at is null
      order by s.batch_no limit ${LIMITS.windowBatches}) w
    where w.sent_at is null
       or (w.place <= ${LIMITS.resentBatches} and w.sent_at < clock_timestamp() - $1 * interval '1 millisecond')
    order by w.batch_no`, [resendMs]);
  return rows.map((row) => ({ receiver: row.receiver, batchNo: Number(row.batch_no), try: row.try, isSent: row.is_sent }));
}

async function lookAgainLater(pool: pg.Pool, service: Service, { receiver, batchNo, try: tried }: Due): Promise<void> {
  await pool.query(
    `update ${service}.sent_batch set sent_at = clock_timestamp() where receiver = $1 and batch_no = $2 and try = $3`,
    [receiver, batchNo, tried],
  );
}

/**
 * Counts the try first, and only where nobody else has: two relays do not send the same try. Nothing waits for the disk: a server
 * that falls and forgets the count sends the same try again, and the next one when the queue knows it already.
 */
async function claim(pool: pg.Pool, service: Service, due: readonly Due[]): Promise<Batch[]> {
  if (due.length === 0) return [];
  type Row = Pick<Batch, 'receiver' | 'try' | 'count' | 'messages'> & { batch_no: string; first_seq: string; last_seq: string };
  const { rows } = await pool.query<Row>(`
    ${WITHOUT_WAITING}
    update ${service}.sent_batch s set try = s.try + 1, sent_at = clock_timestamp()
    from unnest($1::text[], $2::bigint[], $3::int[]) as d(receiver, batch_no, try), quick
    where s.receiver = d.receiver and s.batch_no = d.batch_no and s.try = d.try and s.acknowledged_at is null
    returning s.receiver, s.batch_no, s.try, s.first_seq, s.last_seq, s.count, s.messages`,
  [due.map(({ receiver }) => receiver), due.map(({ batchNo }) => batchNo), due.map(({ try: tried }) => tried)]);
  const batches = rows.map((row): Batch => ({
    sender: service, receiver: row.receiver, batchNo: Number(row.batch_no), try: row.try,
    firstSeq: Number(row.first_seq), lastSeq: Number(row.last_seq), count: row.count, messages: row.messages,
  }));
  return batches.sort((a, b) => a.batchNo - b.batchNo);
}
