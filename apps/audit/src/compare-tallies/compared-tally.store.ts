// The SQL of audit.compared_tally: what a ledger said, what its events say at the same numbers, and the one event that explains a
// difference where one does. Set-based, and over the events since the last time.
import type { BodyOf, LedgerTallyAnnouncedV1 } from '#libs/contracts';
import { tallyHash } from '#libs/restated-ledger';
import type { Sql, Tx } from '#libs/persistence';
import { programmeIn } from '../restate-ledgers/programme-of.decision.js';
import type { LedgerName } from '../restate-ledgers/restated.store.js';

export type Tally = BodyOf<typeof LedgerTallyAnnouncedV1>;
export type Announcement = Readonly<{ seq: bigint; tally: Tally }>;

export type Compared = Readonly<{ number: number; seq: number }>;

export async function lastCompared(sql: Sql, ledger: LedgerName): Promise<Compared | undefined> {
  const [row] = await sql.$queryRaw<{ number: number; seq: bigint }[]>`
    select number, seq from audit.compared_announcement where ledger = ${ledger}`;
  return row && { number: row.number, seq: Number(row.seq) };
}

/** The next that a ledger told; at the very beginning the newest that tells all of it. */
export async function nextAnnouncement(sql: Sql, ledger: LedgerName, last: Compared | undefined): Promise<Announcement | undefined> {
  const [row] = await sql.$queryRaw<Announcement[]>`
    select seq, body as tally from audit.event
    where sender = ${ledger} and type = 'ledger_tally.announced.v1' and seq > ${last?.seq ?? 0}::bigint
      and (${last !== undefined}::boolean or (body ->> 'complete')::boolean)
    order by case when ${last !== undefined}::boolean then seq else -seq end limit 1`;
  return row;
}

export async function comparedUpTo(sql: Sql, ledger: LedgerName, sender: LedgerName): Promise<number> {
  const [row] = await sql.$queryRaw<{ seq: bigint }[]>`
    select up_to_seq as seq from audit.compared_position where ledger = ${ledger} and sender = ${sender}`;
  return Number(row?.seq ?? 0);
}

export type Stretch = Readonly<{ ledger: LedgerName; sender: LedgerName; after: number; upTo: number }>;

/** $1 ledger, $2 sender, $3 and $4 numbers: what each event of the stretch moved of each kind, in sum. */
const MOVED = `
  select event_id, custody_account_id, ${programmeIn('account')} as programme, account, sum(amount)::bigint as amount from (
    select event_id, custody_account_id, programme, debit as account, amount from audit.restated_transfer
      where ledger = $1 and sender = $2 and seq > $3::bigint and seq <= $4::bigint
    union all
    select event_id, custody_account_id, programme, credit, -amount from audit.restated_transfer
      where ledger = $1 and sender = $2 and seq > $3::bigint and seq <= $4::bigint) m
  group by 1, 2, 3, 4`;

export async function addRestated(tx: Tx, { ledger, sender, after, upTo }: Stretch): Promise<void> {
  await tx.sql.$executeRawUnsafe(`
    insert into audit.compared_tally as t (ledger, sender, custody_account_id, programme, account, restated_count, restated_amount, restated_digest)
    select $1, $2, custody_account_id, programme, account, count(*)::int, sum(amount)::bigint, sum(${tallyHash('event_id', 'amount')})::numeric
    from (${MOVED}) e group by 3, 4, 5
    on conflict (ledger, sender, custody_account_id, programme, account) do update set
      restated_count = t.restated_count + excluded.restated_count, restated_amount = t.restated_amount + excluded.restated_amount,
      restated_digest = t.restated_digest + excluded.restated_digest`, ledger, sender, after, upTo);
  await tx.sql.$executeRaw`
    insert into audit.compared_position (ledger, sender, up_to_seq) values (${ledger}, ${sender}, ${upTo}::bigint)
    on conflict (ledger, sender) do update set up_to_seq = excluded.up_to_seq`;
}

export async function noteSaid(tx: Tx, ledger: LedgerName, { seq, tally }: Announcement): Promise<void> {
  const { lines } = tally;
  // What a complete one does not name is said to be nothing.
  if (tally.complete) await tx.sql.$executeRaw`update audit.compared_tally set said_count = 0, said_amount = 0, said_digest = 0 where ledger = ${ledger}`;
  await tx.sql.$executeRaw`
    insert into audit.compared_tally (ledger, sender, custody_account_id, programme, account, said_count, said_amount, said_digest)
    select ${ledger}, * from unnest(${lines.map(({ sender }) => sender)}::text[], ${lines.map(({ custodyAccountId }) => custodyAccountId)}::uuid[],
      ${lines.map(({ programmeId }) => programmeId ?? '')}::text[], ${lines.map(({ account }) => account)}::text[], ${lines.map(({ count }) => count)}::int[],
      ${lines.map(({ amountCents }) => String(amountCents))}::bigint[], ${lines.map(({ digest }) => digest)}::numeric[])
    on conflict (ledger, sender, custody_account_id, programme, account) do update set
      said_count = excluded.said_count, said_amount = excluded.said_amount, said_digest = excluded.said_digest`;
  await tx.sql.$executeRaw`
    insert into audit.compared_announcement (ledger, number, seq, counted_at) values (${ledger}, ${tally.number}::int, ${seq}::bigint, ${tally.countedAt}::timestamptz)
    on conflict (ledger) do update set number = excluded.number, seq = excluded.seq, counted_at = excluded.counted_at`;
}

const DIFFERS = '(said_count, said_amount, said_digest) is distinct from (restated_count, restated_amount, restated_digest)';

export type Difference = Readonly<{
  ledger: LedgerName; sender: LedgerName; custodyAccountId: string; programme: string; account: string;
  saidCount: number; saidAmount: bigint; restatedCount: number; restatedAmount: bigint;
  afterSeq: bigint; upToSeq: bigint; named: string | null;
}>;

/** Marks the rows that begin to differ or differ otherwise, and forgets those that are mended. Answers those that are marked. */
export async function markDiffering(tx: Tx, { ledger, sender, after }: Stretch): Promise<Difference[]> {
  await tx.sql.$executeRawUnsafe(`
    update audit.compared_tally set differs_after_seq = null, named = null
    where ledger = $1 and sender = $2 and differs_after_seq is not null and not ${DIFFERS}`, ledger, sender);
  await tx.sql.$executeRawUnsafe(`
    update audit.compared_tally set differs_after_seq = $3::bigint
    where ledger = $1 and sender = $2 and differs_after_seq is null and ${DIFFERS}`, ledger, sender, after);
  return (await listDifferences(tx.sql)).filter((one) => one.ledger === ledger && one.sender === sender);
}

/** Also what stood when a restatement began, until its ledger is compared again. */
export function listDifferences(sql: Sql): Promise<Difference[]> {
  return sql.$queryRaw<Difference[]>`
    select ledger, sender, custody_account_id as "custodyAccountId", programme, account, said_count as "saidCount", said_amount as "saidAmount",
      restated_count as "restatedCount", restated_amount as "restatedAmount", differs_after_seq as "afterSeq", up_to_seq as "upToSeq", named
    from audit.difference order by ledger, sender, custody_account_id, account, programme`;
}

/**
 * The one event that explains a difference by itself, where there is one: the ledger lacks it, has it with another amount, or has it and
 * should not. All follows from the digests: nobody has to be asked. Null where several are wrong, or audit does not have it.
 */
export async function nameEvent(tx: Tx, { ledger, sender, custodyAccountId, programme, account, upToSeq }: Difference): Promise<void> {
  await tx.sql.$executeRawUnsafe(`
    with differing as materialized (
      select said_count - restated_count as count, said_amount - restated_amount as amount, said_digest - restated_digest as digest from audit.compared_tally
      where ledger = $1 and sender = $2 and custody_account_id = $5::uuid and programme = $6 and account = $7),
    moved as (select event_id, amount from (${MOVED}) m where custody_account_id = $5::uuid and programme = $6 and account = $7),
    explains as (
      select 'event:' || event_id || ' is missing, of ' || m.amount || ' cents' as what from moved m, differing d
        where d.count = -1 and d.amount = -m.amount and d.digest = -(${tallyHash('event_id', 'm.amount')})::numeric
      union all
      select 'event:' || event_id || ' moved ' || (m.amount + d.amount) || ' cents instead of ' || m.amount from moved m, differing d
        where d.count = 0 and d.digest = (${tallyHash('event_id', 'm.amount + d.amount')})::numeric - (${tallyHash('event_id', 'm.amount')})::numeric
      union all
      select 'event:' || e.id || ' moved ' || d.amount || ' cents and should not' from audit.event e, differing d
        where d.count = 1 and d.digest = (${tallyHash('e.id', 'd.amount')})::numeric)
    update audit.compared_tally set named = (select what from explains limit 1)
    where ledger = $1 and sender = $2 and custody_account_id = $5::uuid and programme = $6 and account = $7`,
  ledger, sender, 0, Number(upToSeq), custodyAccountId, programme, account);
}
