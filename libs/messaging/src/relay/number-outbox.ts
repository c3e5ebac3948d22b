// Moves committed outbox rows into numbered batches, in one transaction. Rows become visible out of order (a slow writer
// draws its id early and commits late), so there is no cursor: the relay deletes exactly what it has seen.
import type pg from 'pg';
import type { Service } from '#libs/contracts';
import { LIMITS } from '../limits.js';
import type { Routing } from '../routing.js';
import { cutBatches, isRoutable, type CutBatch, type NumberedRow, type OutboxRow } from './cut-batches.js';

type Numbering = Readonly<{ service: Service; routing: Routing; rowsMax?: number; onUnroutable(row: OutboxRow): void }>;

/** Numbers of messages that moved: 0 when the outbox is empty or another relay of this service is at work. */
export async function numberOutbox(pool: pg.Pool, numbering: Numbering): Promise<number> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A line that breaks between two statements is an event; without a listener it would end the process.
  const onBroken = (error: Error) => { broken = error; };
  client.on('error', onBroken);
  try {
    await client.query('begin');
    const moved = await moveRows(client, numbering);
    await client.query('commit');
    return moved;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => { broken = failure; });
    throw error;
  } finally {
    client.off('error', onBroken);
    client.release(broken);
  }
}

async function moveRows(client: pg.PoolClient, { service, routing, onUnroutable, rowsMax }: Numbering): Promise<number> {
  const lock = await client.query<{ ours: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as ours`, [`mereau.relay.${service}`],
  );
  if (!lock.rows[0]!.ours) return 0;
  const found = await readRows(client, service, rowsMax);
  const rows = found.filter((row) => isRoutable(row, routing));
  if (rows.length < found.length) found.filter((row) => !isRoutable(row, routing)).forEach(onUnroutable);
  if (rows.length === 0) return 0;

  const before = await lastNumber(client, service);
  const { numbered, lastSeq, batches } = cutBatches(rows, before, service, routing);
  await saveNumbered(client, service, { numbered, lastSeq, gone: rows.map(({ id }) => id) });
  await saveBatches(client, service, batches);
  return lastSeq - before;
}

/** Oldest first, bounded by rows and by bytes; the first row always, however large. */
async function readRows(client: pg.PoolClient, service: Service, rowsMax: number = LIMITS.outboxRowsPerPass): Promise<OutboxRow[]> {
  const { rows } = await client.query<{ id: string; messages: OutboxRow['messages'] }>(`
    with oldest as (
           select id, pg_column_size(messages) as bytes from ${service}.outbox order by id limit ${rowsMax}),
         fitting as (select id, sum(bytes) over (order by id) - bytes as before from oldest)
    select o.id, o.messages from ${service}.outbox o join fitting f on f.id = o.id
    where f.before < ${LIMITS.outboxBytesPerPass} order by o.id`);
  return rows;
}

async function lastNumber(client: pg.PoolClient, service: Service): Promise<number> {
  const { rows } = await client.query<{ last: string }>(`select last_seq as last from ${service}.relay_position for update`);
  return Number(rows[0]!.last);
}

type Moved = Readonly<{ numbered: readonly NumberedRow[]; lastSeq: number; gone: readonly string[] }>;

/** In one statement: each way to the server is time that all events wait. */
async function saveNumbered(client: pg.PoolClient, service: Service, { numbered, lastSeq, gone }: Moved): Promise<void> {
  await client.query(
    `with moved as (update ${service}.relay_position set last_seq = $4),
       gone as (delete from ${service}.outbox where id = any($5::bigint[]))
     insert into ${service}.numbered (outbox_id, first_seq, last_seq)
     select * from unnest($1::bigint[], $2::bigint[], $3::bigint[])`,
    [numbered.map(({ outboxId }) => outboxId), numbered.map(({ firstSeq }) => firstSeq), numbered.map((one) => one.lastSeq), lastSeq, gone],
  );
}

/** Batch numbers are drawn here, gap-free per receiver, from a row that this transaction then holds. */
async function saveBatches(client: pg.PoolClient, service: Service, batches: readonly CutBatch[]): Promise<void> {
  const counts = new Map<Service, number>();
  for (const { receiver } of batches) counts.set(receiver, (counts.get(receiver) ?? 0) + 1);
  const drawn = await client.query<{ receiver: Service; last: string }>(
    `insert into ${service}.receiver_position as p (receiver, last_batch_no) select * from unnest($1::text[], $2::bigint[])
     on conflict (receiver) do update set last_batch_no = p.last_batch_no + excluded.last_batch_no
     returning receiver, last_batch_no as last`,
    [[...counts.keys()], [...counts.values()]],
  );
  const next = new Map(drawn.rows.map(({ receiver, last }) => [receiver, Number(last) - counts.get(receiver)! + 1]));
  const rows = batches.map(({ receiver, firstSeq, lastSeq, count, json }) => {
    const batchNo = next.get(receiver)!;
    next.set(receiver, batchNo + 1);
    const head = JSON.stringify({ receiver, batch_no: batchNo, first_seq: firstSeq, last_seq: lastSeq, count });
    // The messages are JSON already, and long.
    return `${head.slice(0, -1)},"messages":${json}}`;
  });
  await client.query(
    `insert into ${service}.sent_batch (receiver, batch_no, first_seq, last_seq, count, messages)
     select * from jsonb_to_recordset($1::jsonb)
       as b(receiver text, batch_no bigint, first_seq bigint, last_seq bigint, count int, messages jsonb)`,
    [`[${rows.join(',')}]`],
  );
}
