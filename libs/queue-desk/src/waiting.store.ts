import type { Service } from '#libs/contracts';
import type { SqlClient } from '#libs/persistence';
import { errorCodeOf, type ErrorCode } from './error-codes.js';

/**
 * `unnumbered`: committed, without a number. `unacknowledged`: sent, and the receiver has not said that it has them. `out_of_order`: came,
 * and something before them did not. `tried_again`: failed, and has tries left. `dead`: has none left.
 */
export const QUEUES = ['unnumbered', 'unacknowledged', 'out_of_order', 'tried_again', 'dead'] as const;
export type Waiting = Readonly<{
  queue: (typeof QUEUES)[number];
  /** Whom they go to, or whom they came from; null before that is decided. */
  other: Service | null;
  /** Messages; of `unnumbered`, transactions that hold one or several. */
  count: number; oldestAt: Date; lastErrorCode: ErrorCode | null;
}>;

/** One row per queue in which something waits. */
export function readWaiting(client: SqlClient, service: Service): Promise<Waiting[]> {
  const latest = (at: string) => `(array_agg(${errorCodeOf('reason')} order by ${at} desc))[1]`;
  return client.$queryRawUnsafe<Waiting[]>(`
    select 'unnumbered' as queue, null as other, count(*)::int as count, min(created_at) as "oldestAt", null as "lastErrorCode"
      from ${service}.outbox having count(*) > 0
    union all select 'unacknowledged', receiver, sum(count)::int, min(created_at), null
      from ${service}.sent_batch where acknowledged_at is null group by receiver
    union all select 'out_of_order', b.sender, sum(b.count)::int, min(b.received_at), null
      from ${service}.inbox_position p join ${service}.inbox_batch b on b.sender = p.sender and b.batch_no > p.contiguous_batch_no group by b.sender
    union all select 'tried_again', sender, count(*)::int, min(last_tried_at), ${latest('last_tried_at')} from ${service}.inbox_try group by sender
    union all select 'dead', sender, count(*)::int, min(failed_at), ${latest('failed_at')}
      from ${service}.dead_letter where replayed_at is null group by sender
    order by 1, 2`);
}
