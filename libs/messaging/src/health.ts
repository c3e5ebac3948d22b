// How the messages of one service stand, for the health route, the alarm and the question "is everything done?".
import type { Service } from '#libs/contracts';
import type pg from 'pg';

export type Alarm =
  /** A batch is unacknowledged for too long: its receiver is away, or cannot take it. */
  | 'gap'
  /** Batches arrived and one below them did not. */
  | 'missing_batch'
  /** Committed messages wait for their number for too long: the relay does not run, or does not know their type. */
  | 'outbox_stuck'
  | 'dead_letters'
  | 'worker_asleep'
  /** A receiver acknowledged what this database never sent: it was restored from an older copy. */
  | 'older_than_sent';

export type MessagingHealth = Readonly<{
  /**
   * `late`: messages wait for a receiver or for their number; this process still answers whoever asks it, and a till has no use for
   * one that is taken away because another service is. `failed`: the process itself does not do its part. Dead letters are neither: they
   * wait for a person while the rest goes on.
   */
  state: 'ok' | 'late' | 'failed';
  alarms: readonly Alarm[];
  outboxAgeMs: number;
  unacknowledgedAgeMs: number;
  missingBatchAgeMs: number;
  deadLetterCount: number;
  workerSilentMs: number;
}>;

export type Standing = Readonly<{
  outboxAgeMs: number; unacknowledgedAgeMs: number; missingBatchAgeMs: number; deadLetterCount: number;
  /** Nothing to number, nothing unacknowledged, no message that waits for its next try. */
  isQuiet: boolean;
}>;

const AGE = (at: string) => `coalesce(extract(epoch from clock_timestamp() - ${at}) * 1000, 0)::float8`;

export async function readStanding(pool: pg.Pool, service: Service): Promise<Standing> {
  const { rows } = await pool.query<Standing>(`
    with outbox as (select min(created_at) as at from ${service}.outbox),
    sent as (
      select min(w.created_at) as at from ${service}.receiver_position r cross join lateral (
        select s.created_at from ${service}.sent_batch s where s.receiver = r.receiver and s.acknowledged_at is null
        order by s.batch_no limit 1) w),
    ahead as (
      select min(b.received_at) as at from ${service}.inbox_position p
      join ${service}.inbox_batch b on b.sender = p.sender and b.batch_no > p.contiguous_batch_no)
    select ${AGE('outbox.at')} as "outboxAgeMs", ${AGE('sent.at')} as "unacknowledgedAgeMs",
      ${AGE('ahead.at')} as "missingBatchAgeMs",
      (select count(*)::int from ${service}.dead_letter where replayed_at is null) as "deadLetterCount",
      outbox.at is null and sent.at is null and not exists (select 1 from ${service}.inbox_try) as "isQuiet"
    from outbox, sent, ahead`);
  return rows[0]!;
}

type WorkerState = Readonly<{ silentMs: number; isAsleep: boolean; isOlderThanSent: boolean }>;

export function judge(standing: Standing, worker: WorkerState, gapAlarmMs: number): MessagingHealth {
  const { outboxAgeMs, unacknowledgedAgeMs, missingBatchAgeMs, deadLetterCount } = standing;
  const alarms: Alarm[] = [];
  if (unacknowledgedAgeMs > gapAlarmMs) alarms.push('gap');
  if (missingBatchAgeMs > gapAlarmMs) alarms.push('missing_batch');
  if (outboxAgeMs > gapAlarmMs) alarms.push('outbox_stuck');
  if (deadLetterCount > 0) alarms.push('dead_letters');
  if (worker.isAsleep) alarms.push('worker_asleep');
  if (worker.isOlderThanSent) alarms.push('older_than_sent');
  return {
    state: stateOf(alarms), alarms,
    outboxAgeMs, unacknowledgedAgeMs, missingBatchAgeMs, deadLetterCount, workerSilentMs: worker.silentMs,
  };
}

function stateOf(alarms: readonly Alarm[]): MessagingHealth['state'] {
  if (alarms.some((alarm) => alarm === 'worker_asleep' || alarm === 'older_than_sent')) return 'failed';
  return alarms.every((alarm) => alarm === 'dead_letters') ? 'ok' : 'late';
}
