// The SQL of <service>.ledger_tally: what the ledger comes to by kinds, added to from message to message, or counted whole.
import type { Schema, Sql, Tx } from '#libs/persistence';
import { talliedAs, tallyHash } from '#libs/restated-ledger';

export const LEDGERS = ['issuance', 'redemption', 'settlement'] as const;
export type LedgerName = (typeof LEDGERS)[number];
export type UpTo = Readonly<Record<LedgerName, number>>;

export type TallyLine = Readonly<{
  sender: LedgerName; custodyAccountId: string; programme: string; account: string; count: number; amount: bigint; digest: string;
}>;
export type TallyState = Readonly<{ number: number; recountedAt: Date }>;

const COLUMNS = 'sender, custody_account_id as "custodyAccountId", programme, account, count, amount, digest::text as digest';
const ORDER = 'order by sender, custody_account_id, account, programme';

export async function tallyState(sql: Sql, schema: Schema): Promise<TallyState | undefined> {
  const [row] = await sql.$queryRawUnsafe<TallyState[]>(`select number, recounted_at as "recountedAt" from ${schema}.ledger_tally_state`);
  return row;
}

export async function saveState(tx: Tx, { number, recountedAt }: TallyState): Promise<void> {
  await tx.sql.$executeRawUnsafe(`
    insert into ${tx.schema}.ledger_tally_state (number, recounted_at) values ($1::int, $2::timestamptz)
    on conflict (only_one) do update set number = excluded.number, recounted_at = excluded.recounted_at`, number, recountedAt);
}

const byLedger = (rows: readonly Readonly<{ sender: LedgerName; seq: bigint }>[]): UpTo => ({
  issuance: 0, redemption: 0, settlement: 0, ...Object.fromEntries(rows.map(({ sender, seq }) => [sender, Number(seq)])),
});

export async function talliedUpTo(sql: Sql, schema: Schema): Promise<UpTo> {
  return byLedger(await sql.$queryRawUnsafe(`select sender, up_to_seq as seq from ${schema}.ledger_tally_position`));
}

export async function saveUpTo(tx: Tx, upTo: UpTo): Promise<void> {
  await tx.sql.$executeRawUnsafe(`
    insert into ${tx.schema}.ledger_tally_position (sender, up_to_seq) select * from unnest($1::text[], $2::bigint[])
    on conflict (sender) do update set up_to_seq = excluded.up_to_seq`, [...LEDGERS], LEDGERS.map((sender) => upTo[sender]));
}

/**
 * What can be counted now: of its own messages all that have a number, of others all that were taken without a gap. What
 * waits (a dead letter, a message that came before what it speaks of) has posted nothing yet: the count ends before it.
 * `waiting` is SQL for the ids of such messages.
 */
export async function countableUpTo(sql: Sql, schema: Schema, waiting: string): Promise<UpTo> {
  return byLedger(await sql.$queryRawUnsafe(`
    select '${schema}' as sender, last_seq as seq from ${schema}.relay_position
    union all
    select p.sender, least(p.contiguous_seq,
      (select min(d.seq) - 1 from ${schema}.dead_letter d where d.sender = p.sender and d.replayed_at is null),
      (select min(i.seq) - 1 from ${schema}.inbox i where i.sender = p.sender and i.message_id in (${waiting})))
    from ${schema}.inbox_position p where p.sender = any($1::text[])`, LEDGERS.filter((ledger) => ledger !== schema)));
}

/** Of events (sender, event_id): how many moved each kind, for how much, with their digest. An event counts once in a kind, in sum. */
const tallied = (schema: Schema, programmeOf: string, events: string) => `
  with event as materialized (${events}),
  movement as (
    select e.sender, t.event_id, t.custody_account_id, t.debit as account, t.amount from event e join ${schema}.transfer t on t.event_id = e.event_id
    union all
    select e.sender, t.event_id, t.custody_account_id, t.credit, -t.amount from event e join ${schema}.transfer t on t.event_id = e.event_id),
  named as (
    select account, coalesce((${programmeOf})::text, '') as programme, ${talliedAs('account')} as kind from (select distinct account from movement) a),
  moved as (
    select m.sender, m.event_id, m.custody_account_id, n.programme, n.kind, sum(m.amount)::bigint as amount
    from movement m join named n on n.account = m.account group by 1, 2, 3, 4, 5)
  select sender, custody_account_id, programme, kind as account, count(*)::int as count, sum(amount)::bigint as amount,
    sum(${tallyHash('event_id', 'amount')})::numeric as digest
  from moved group by 1, 2, 3, 4`;

/** Every transfer there is, but for those of messages after `upTo`. One that no message speaks of counts as the service's own. */
export function countAll(sql: Sql, schema: Schema, programmeOf: string, upTo: UpTo): Promise<TallyLine[]> {
  const others = LEDGERS.filter((ledger) => ledger !== schema);
  const later = `
    select (m ->> 'id')::uuid from ${schema}.outbox, jsonb_array_elements(messages) m
    union all
    select (m ->> 'id')::uuid from ${schema}.sent_batch, jsonb_array_elements(messages) m
    where receiver = 'audit' and last_seq > $1::bigint and (m ->> 'seq')::bigint > $1::bigint`;
  const events = `
    select coalesce(i.sender, '${schema}') as sender, t.event_id
    from (select distinct event_id from ${schema}.transfer) t left join ${schema}.inbox i on i.message_id = t.event_id
    where case i.sender ${others.map((other, at) => `when '${other}' then i.seq <= $${at + 2}::bigint`).join(' ')}
      else t.event_id not in (${later}) end`;
  return sql.$queryRawUnsafe(`select ${COLUMNS} from (${tallied(schema, programmeOf, events)}) c ${ORDER}`,
    upTo[schema as LedgerName], ...others.map((other) => upTo[other]));
}

/** Undefined where messages of the span are no longer kept: then all has to be counted. */
export async function countSpan(
  sql: Sql, schema: Schema, programmeOf: string, { from, to }: Readonly<{ from: UpTo; to: UpTo }>,
): Promise<TallyLine[] | undefined> {
  const own = schema as LedgerName;
  const mine = `
    select (m ->> 'id')::uuid as event_id from ${schema}.sent_batch, jsonb_array_elements(messages) m
    where receiver = 'audit' and last_seq > $1::bigint and first_seq <= $2::bigint and (m ->> 'seq')::bigint between $1::bigint + 1 and $2::bigint`;
  const [kept] = await sql.$queryRawUnsafe<{ count: number }[]>(`select count(*)::int as count from (${mine}) k`, from[own], to[own]);
  if (kept!.count !== to[own] - from[own]) return undefined;
  const others = LEDGERS.filter((ledger) => ledger !== schema);
  const taken = others.map((other, at) => `
    select '${other}' as sender, message_id as event_id from ${schema}.inbox where sender = '${other}' and seq > $${at * 2 + 3}::bigint and seq <= $${at * 2 + 4}::bigint`);
  const events = [`select '${schema}' as sender, event_id from (${mine}) k`, ...taken].join(' union all ');
  return sql.$queryRawUnsafe(`select ${COLUMNS} from (${tallied(schema, programmeOf, events)}) c ${ORDER}`,
    from[own], to[own], ...others.flatMap((other) => [from[other], to[other]]));
}

export type BookedEvent = Readonly<{ eventId: string; amount: bigint }>;
export type BookedPage = Readonly<{ after: string | null; rowsMax: number }>;
export type OfKind = Readonly<{ sender: LedgerName; account: string; custodyAccountId: string | null }>;

/** What the ledger booked on a kind of account under events of a sender, event by event, in the order of their ids. */
export function bookedEvents(
  sql: Sql, schema: Schema, { sender, account, custodyAccountId }: OfKind, { after, rowsMax }: BookedPage,
): Promise<BookedEvent[]> {
  const isOwn = sender === schema;
  return sql.$queryRawUnsafe(`
    select m.event_id as "eventId", sum(m.amount)::bigint as amount from (
      select event_id, custody_account_id, debit as account, amount from ${schema}.transfer
      union all select event_id, custody_account_id, credit, -amount from ${schema}.transfer) m
    where ${talliedAs('m.account')} = $1 and ($2::uuid is null or m.custody_account_id = $2::uuid) and ($3::uuid is null or m.event_id > $3::uuid)
      and ${isOwn ? 'not exists' : 'exists'} (select from ${schema}.inbox i where i.message_id = m.event_id ${isOwn ? '' : 'and i.sender = $5'})
    group by m.event_id order by m.event_id limit $4::int`, account, custodyAccountId, after, rowsMax, ...(isOwn ? [] : [sender]));
}

const arrays = (lines: readonly TallyLine[]) => [
  lines.map(({ sender }) => sender), lines.map(({ custodyAccountId }) => custodyAccountId), lines.map(({ programme }) => programme),
  lines.map(({ account }) => account), lines.map(({ count }) => count), lines.map(({ amount }) => amount.toString()),
  lines.map(({ digest }) => digest),
];
const UNNESTED = 'unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::int[], $6::bigint[], $7::numeric[])';

/** Answers the lines that grew, as they are now. */
export function addToTally(tx: Tx, lines: readonly TallyLine[]): Promise<TallyLine[]> {
  return tx.sql.$queryRawUnsafe(`
    insert into ${tx.schema}.ledger_tally as t (sender, custody_account_id, programme, account, count, amount, digest) select * from ${UNNESTED}
    on conflict (sender, custody_account_id, programme, account) do update
      set count = t.count + excluded.count, amount = t.amount + excluded.amount, digest = t.digest + excluded.digest
    returning ${COLUMNS}`, ...arrays(lines));
}

export async function allLines(sql: Sql, schema: Schema): Promise<TallyLine[]> {
  return sql.$queryRawUnsafe(`select ${COLUMNS} from ${schema}.ledger_tally ${ORDER}`);
}

export async function replaceTally(tx: Tx, lines: readonly TallyLine[]): Promise<void> {
  await tx.sql.$executeRawUnsafe(`delete from ${tx.schema}.ledger_tally`);
  await tx.sql.$executeRawUnsafe(`
    insert into ${tx.schema}.ledger_tally (sender, custody_account_id, programme, account, count, amount, digest) select * from ${UNNESTED}`, ...arrays(lines));
}
