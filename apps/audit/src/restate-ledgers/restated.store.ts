// The SQL of audit.restated_transfer: which sealed events come next, and what they move.
import { MESSAGE_RULES, MOVES_NOTHING, type RestatedMessage, type RestatedTransfer } from '#libs/restated-ledger';
import type { Sql, Tx } from '#libs/persistence';
import type { KnownBatches } from './programme-of.decision.js';

/** Issuance first: it tells the batches that the others speak of. */
export const LEDGERS = ['issuance', 'redemption', 'settlement'] as const;
export type LedgerName = (typeof LEDGERS)[number];

const TELLS_BATCHES = 'batch.created.v1';
const READ_TYPES = [TELLS_BATCHES, ...Object.entries(MESSAGE_RULES).filter(([, rule]) => rule !== MOVES_NOTHING).map(([type]) => type)];

export type SealedEvent = RestatedMessage & Readonly<{ seq: bigint; occurredAt: Date }>;

/** One restater at a time, in whatever process; released with the transaction. */
export async function lockRestated(tx: Tx): Promise<void> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended('mereau.audit.restated', 0))`;
}

export async function restatedUpTo(sql: Sql): Promise<ReadonlyMap<LedgerName, number>> {
  const rows = await sql.$queryRaw<{ sender: LedgerName; seq: bigint }[]>`select sender, up_to_seq as seq from audit.restated_position`;
  return new Map(LEDGERS.map((ledger) => [ledger, Number(rows.find(({ sender }) => sender === ledger)?.seq ?? 0)]));
}

export async function sealedUpTo(sql: Sql, sender: LedgerName): Promise<number> {
  const [row] = await sql.$queryRaw<{ seq: bigint }[]>`select audit.last_sealed(${sender}) as seq`;
  return Number(row!.seq);
}

/** Numbers of a sender. */
export type Stretch = Readonly<{ after: number; upTo: number }>;

/** Those events that move something or tell of a batch. */
export function readEvents(sql: Sql, sender: LedgerName, { after, upTo }: Stretch): Promise<SealedEvent[]> {
  return sql.$queryRaw<SealedEvent[]>`
    select id, type, sender, body, seq, occurred_at as "occurredAt" from audit.event
    where sender = ${sender} and seq > ${after}::bigint and seq <= ${upTo}::bigint and type = any(${READ_TYPES}::text[]) order by seq`;
}

export async function keepBatches(tx: Tx, events: readonly SealedEvent[]): Promise<void> {
  const told = events.filter(({ type }) => type === TELLS_BATCHES).map(({ body }) => body as Record<'batchId' | 'orderId' | 'programmeId', string>);
  if (told.length === 0) return;
  await tx.sql.$executeRaw`
    insert into audit.restated_batch (batch_id, order_id, programme_id)
    select * from unnest(${told.map(({ batchId }) => batchId)}::uuid[], ${told.map(({ orderId }) => orderId)}::uuid[], ${told.map(({ programmeId }) => programmeId)}::uuid[])
    on conflict do nothing`;
}

export async function knownBatches(sql: Sql, transfers: readonly RestatedTransfer[]): Promise<KnownBatches> {
  const sides = transfers.flatMap(({ debit, credit }) => [debit, credit]);
  const keysOf = (kind: string) => sides.flatMap((side) => (side.kind === kind && side.key !== null ? [side.key] : []));
  const batchIds = [...new Set([...transfers.flatMap(({ about }) => about.batchId ?? []), ...keysOf('outstanding')])];
  const orderIds = [...new Set([...transfers.flatMap(({ about }) => about.orderId ?? []), ...keysOf('expired')])];
  const rows = await sql.$queryRaw<{ batchId: string; orderId: string; programmeId: string }[]>`
    select batch_id as "batchId", order_id as "orderId", programme_id as "programmeId" from audit.restated_batch
    where batch_id = any(${batchIds}::uuid[]) or order_id = any(${orderIds}::uuid[])`;
  return {
    byBatch: new Map(rows.map(({ batchId, programmeId }) => [batchId, programmeId])),
    byOrder: new Map(rows.map(({ orderId, programmeId }) => [orderId, programmeId])),
  };
}

export type NewRestated = RestatedTransfer & Readonly<{
  sender: LedgerName; seq: bigint; line: number; programme: string; occurredAt: Date;
}>;

/** Messages of before custody accounts were told stand under none. */
const UNTOLD_CUSTODY = '00000000-0000-0000-0000-000000000000';
const tallied = ({ kind, key }: RestatedTransfer['debit']): string =>
  ((kind === 'bank' || kind === 'clearing') && key !== null ? `${kind}:${key}` : kind);

export async function insertRestated(tx: Tx, rows: readonly NewRestated[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.sql.$executeRaw`
    insert into audit.restated_transfer (sender, seq, line, event_id, ledger, rule, debit, debit_key, credit, credit_key, amount, currency,
      custody_account_id, programme, occurred_at)
    select * from unnest(${rows.map(({ sender }) => sender)}::text[], ${rows.map(({ seq }) => seq.toString())}::bigint[], ${rows.map(({ line }) => line)}::smallint[],
      ${rows.map(({ eventId }) => eventId)}::uuid[], ${rows.map(({ ledger }) => ledger)}::text[], ${rows.map(({ rule }) => rule)}::text[],
      ${rows.map(({ debit }) => tallied(debit))}::text[], ${rows.map(({ debit }) => debit.key)}::text[],
      ${rows.map(({ credit }) => tallied(credit))}::text[], ${rows.map(({ credit }) => credit.key)}::text[],
      ${rows.map(({ amount }) => amount.toString())}::bigint[], ${rows.map(({ currency }) => currency)}::text[],
      ${rows.map(({ custodyAccountId }) => custodyAccountId ?? UNTOLD_CUSTODY)}::uuid[], ${rows.map(({ programme }) => programme)}::text[],
      ${rows.map(({ occurredAt }) => occurredAt.toISOString())}::timestamptz[])`;
}

export async function saveRestatedUpTo(tx: Tx, sender: LedgerName, seq: number): Promise<void> {
  await tx.sql.$executeRaw`
    insert into audit.restated_position (sender, up_to_seq) values (${sender}, ${seq}::bigint)
    on conflict (sender) do update set up_to_seq = excluded.up_to_seq`;
}

/** To make all of it again: the next passes begin with the first event. */
export async function forgetRestated(tx: Tx): Promise<void> {
  for (const table of ['restated_transfer', 'restated_position', 'restated_batch', 'compared_tally', 'compared_position', 'compared_announcement']) {
    await tx.sql.$executeRawUnsafe(`delete from audit.${table}`);
  }
}
