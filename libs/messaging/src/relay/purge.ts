import type pg from 'pg';
import type { Service } from '#libs/contracts';
import { LIMITS } from '../limits.js';

/**
 * Deletes what every receiver has acknowledged for long enough: a batch stays while another receiver still waits for a
 * message of its numbers. Oldest first and in bounded steps; returns how many went.
 */
export async function purgeSent(pool: pg.Pool, service: Service, keepSentMs: number): Promise<number> {
  const { rowCount } = await pool.query(`
    with waiting as (
      select min(w.first_seq) as seq from ${service}.receiver_position r cross join lateral (
        select s.first_seq from ${service}.sent_batch s where s.receiver = r.receiver and s.acknowledged_at is null
        order by s.batch_no limit 1) w),
    old as (
      select o.receiver, o.batch_no from ${service}.receiver_position r cross join lateral (
        select s.receiver, s.batch_no, s.last_seq, s.acknowledged_at from ${service}.sent_batch s
        where s.receiver = r.receiver order by s.batch_no limit ${LIMITS.purgedPerPass}) o, waiting
      where o.acknowledged_at < clock_timestamp() - $1 * interval '1 millisecond'
        and o.last_seq < coalesce(waiting.seq, o.last_seq + 1))
    delete from ${service}.sent_batch s using old where s.receiver = old.receiver and s.batch_no = old.batch_no`, [keepSentMs]);
  return rowCount ?? 0;
}
