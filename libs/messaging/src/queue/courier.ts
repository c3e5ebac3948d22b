// Puts what was sent before into the queues again, as a queue would that delivers doubly and in no order. For plays that break
// things; a service has its relay.
import type { Service } from '#libs/contracts';
import type pg from 'pg';
import type { Logger } from 'pino';
import { jobIdOf, type Batch } from '../batch.js';
import { TIMING } from '../limits.js';
import { inboxOf } from '../routing.js';
import { Queues, type QueueSettings } from './queues.js';

export type Courier = Readonly<{
  /** The newest batches of a sender for each of its receivers. */
  newest(client: Pick<pg.Client, 'query'>, sender: Service, perReceiver: number): Promise<Batch[]>;
  /** `again` makes its job another one. */
  deliver(batch: Batch, again: string): Promise<void>;
  close(): Promise<void>;
}>;

export async function openCourier(settings: QueueSettings, log: Logger): Promise<Courier> {
  const queues = await Queues.open(settings, log, TIMING);
  return {
    async newest(client, sender, perReceiver) {
      const { rows } = await client.query<Batch>(`
        select $1::text as sender, s.receiver, s.batch_no::int as "batchNo", greatest(s.try, 1) as try,
          s.first_seq::int as "firstSeq", s.last_seq::int as "lastSeq", s.count, s.messages
        from ${sender}.receiver_position r cross join lateral (
          select * from ${sender}.sent_batch where receiver = r.receiver order by batch_no desc limit $2) s`, [sender, perReceiver]);
      return rows;
    },
    deliver: (batch, again) => queues.send(inboxOf(batch.receiver), { id: `${jobIdOf(batch)}-${again}`, name: 'batch', data: batch, keep: false }),
    close: () => queues.close(),
  };
}
