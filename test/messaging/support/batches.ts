// The relay's work by hand: batches are made and delivered when and in the order that a test wants.
import type { Batch } from '../../../libs/messaging/src/batch.js';
import { TIMING } from '../../../libs/messaging/src/limits.js';
import { Queues } from '../../../libs/messaging/src/queue/queues.js';
import { numberOutbox } from '../../../libs/messaging/src/relay/number-outbox.js';
import { routingOf } from './messages.js';
import { emitFacts, SILENT, type Running, type World } from './world.js';

/** One batch per group of facts, as rows of issuance; nothing is sent. */
export async function makeBatches(issuance: Running, groups: readonly (readonly number[])[], hasAudit = false): Promise<void> {
  for (const numbers of groups) {
    await emitFacts(issuance, numbers);
    await numberNow(issuance, hasAudit);
  }
}

export const numberNow = (issuance: Running, hasAudit = false): Promise<number> =>
  numberOutbox(issuance.pool, { service: 'issuance', routing: routingOf(hasAudit), onUnroutable: () => undefined });

export async function readBatches(world: World, receiver = 'redemption'): Promise<Batch[]> {
  const { rows } = await world.admin.query<Batch>(
    `select 'issuance' as sender, receiver, batch_no::int as "batchNo", 1 as try, first_seq::int as "firstSeq", last_seq::int as "lastSeq",
       count, messages from issuance.sent_batch where receiver = $1 order by batch_no`, [receiver],
  );
  return rows;
}

/** A way into the queues for anything that a test wants to find there. */
export async function openCourier(world: World) {
  const queues = await Queues.open(world.engine.settingsFor('issuance'), SILENT, TIMING);
  let count = 0;
  return {
    queues,
    deliver: (batch: Batch | object, receiver = 'redemption') => {
      count += 1;
      return queues.send(`${receiver}.inbox`, { id: `courier-${count}`, name: 'batch', data: batch, keep: true });
    },
    close: () => queues.close(),
  };
}
