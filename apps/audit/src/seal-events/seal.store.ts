// The SQL of the log: which events come next, and their stretches, nodes and sealings. Rows go in and never change.
import { SERVICES } from '#libs/contracts';
import type { Sql, Tx } from '#libs/persistence';
import { SEALED_PER_PASS } from '../limits.js';

export type Sealing = Readonly<{ size: number; root: string }>;

const SENDERS = SERVICES.filter((service) => service !== 'audit');
/** Levels of the tree between two that are stored: a node stands for 256 hashes below it. */
const STORED_EVERY = 8;

/** One sealer at a time, in whatever process; released with the transaction. */
export async function lockLog(tx: Tx): Promise<void> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended('mereau.audit.log', 0))`;
}

/** The end of the log: there is always one, of size 0 at first. */
export async function lastSealing(sql: Sql): Promise<Sealing> {
  const [row] = await sql.$queryRaw<{ size: bigint; root: string }[]>`
    select size, encode(root, 'hex') as root from audit.sealing order by size desc limit 1`;
  return { size: Number(row!.size), root: row!.root };
}

/**
 * Gives the next places to what can be sealed now, and returns how many it gave: of each sender the numbers that follow its
 * last sealed one without a gap, one sender after the other. A number that is missing holds back those after it, so that a
 * checkpoint always speaks of a whole beginning of what each sender said. The database takes the hashes from the events.
 */
export async function insertStretches(tx: Tx, firstIndex: number): Promise<number> {
  const rows = await tx.sql.$queryRaw<{ count: number }[]>`
    with waiting as (
      select s.place, s.sender, l.last + 1 as first_seq, n.count
      from unnest(${SENDERS}::text[]) with ordinality s(sender, place)
      cross join lateral audit.last_sealed(s.sender) l(last)
      cross join lateral (
        select count(*)::int from (
          select seq - row_number() over (order by seq) as before from (
            select seq from audit.event where sender = s.sender and seq > l.last order by seq limit ${SEALED_PER_PASS}::int) e) b
        where before = l.last) n
      where n.count > 0)
    insert into audit.sealed_stretch (first_index, sender, first_seq, count)
    select ${firstIndex}::bigint + sum(count) over (order by place) - count, sender, first_seq, count from waiting order by place
    returning count`;
  return rows.reduce((all, { count }) => all + count, 0);
}

/** The nodes that are complete since the log had `before` leaves; the database computes them. */
export async function insertNodes(tx: Tx, before: number, size: number): Promise<void> {
  for (let level = STORED_EVERY; size >= 2 ** level; level += STORED_EVERY) {
    const [first, end] = [Math.floor(before / 2 ** level), Math.floor(size / 2 ** level)];
    if (first === end) continue;
    await tx.sql.$executeRaw`
      insert into audit.tree_node (level, position) select ${level}::int, n from generate_series(${first}::bigint, ${end}::bigint - 1) n`;
  }
}

export async function insertSealing(tx: Tx, before: number, size: number): Promise<void> {
  await tx.sql.$executeRaw`
    insert into audit.sealing (size, previous_size, root, sealed_at)
    values (${size}::bigint, ${before}::bigint, audit.root_at(${size}::bigint), ${tx.now})`;
}

export async function hasWaiting(sql: Sql): Promise<boolean> {
  const rows = await sql.$queryRaw<unknown[]>`
    select 1 from unnest(${SENDERS}::text[]) s(sender) cross join lateral audit.last_sealed(s.sender) l(last)
    where exists (select 1 from audit.event where sender = s.sender and seq = l.last + 1) limit 1`;
  return rows.length > 0;
}

/** Kept and without a place in the log, whatever they wait for. */
export async function countUnsealed(sql: Sql): Promise<number> {
  const [row] = await sql.$queryRaw<{ count: bigint }[]>`
    select count(*) as count from unnest(${SENDERS}::text[]) s(sender) cross join lateral audit.last_sealed(s.sender) l(last)
    join audit.event e on e.sender = s.sender and e.seq > l.last`;
  return Number(row!.count);
}
