// The SQL of the log: which events come next, and their leaves, nodes and sealings. Rows go in and never change.
import { SERVICES } from '#libs/contracts';
import type { Sql, Tx } from '#libs/persistence';
import { SEALED_BYTES_PER_PASS, SEALED_PER_PASS } from '../limits.js';
import type { TreeNode } from '../merkle/hash-tree.js';

export type Sealing = Readonly<{ size: number; root: string }>;
export type WaitingEvent = Readonly<{ sender: string; seq: bigint; event: string }>;

const SENDERS = SERVICES.filter((service) => service !== 'audit');

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
 * What can be sealed now, in its order: of each sender the numbers that follow its last sealed one without a gap, and
 * among senders as they arrived. A number that is missing holds back those after it, so that a checkpoint always speaks
 * of a whole beginning of what each sender said.
 */
export function readWaiting(sql: Sql): Promise<WaitingEvent[]> {
  return sql.$queryRaw<WaitingEvent[]>`
    with waiting as (
      select e.sender, e.seq, e.received_at, pg_column_size(e.body) as bytes,
        e.seq - l.last - row_number() over (partition by e.sender order by e.seq) as missing_before
      from unnest(${SENDERS}::text[]) s(sender)
      cross join lateral (select coalesce(max(seq), 0) as last from audit.leaf where sender = s.sender) l
      cross join lateral (select * from audit.event where sender = s.sender and seq > l.last order by seq limit ${SEALED_PER_PASS}::int) e
    ), placed as (
      select sender, seq, row_number() over w as place, sum(bytes) over w - bytes as bytes_before
      from (select *, max(received_at) over (partition by sender order by seq) as arrived_at from waiting where missing_before = 0) d
      window w as (order by arrived_at, sender, seq)
    )
    select e.sender, e.seq, audit.leaf_json(e)::text as event
    from placed p join audit.event e on e.sender = p.sender and e.seq = p.seq
    where p.place <= ${SEALED_PER_PASS}::int and p.bytes_before < ${SEALED_BYTES_PER_PASS}::bigint
    order by p.place`;
}

export async function hasWaiting(sql: Sql): Promise<boolean> {
  const rows = await sql.$queryRaw<unknown[]>`
    select 1 from unnest(${SENDERS}::text[]) s(sender)
    cross join lateral (select coalesce(max(seq), 0) as last from audit.leaf where sender = s.sender) l
    where exists (select 1 from audit.event where sender = s.sender and seq = l.last + 1) limit 1`;
  return rows.length > 0;
}

/** Kept and without a place in the log, whatever they wait for. */
export async function countUnsealed(sql: Sql): Promise<number> {
  const [row] = await sql.$queryRaw<{ count: bigint }[]>`
    select (select count(*) from audit.event) - (select count(*) from audit.leaf) as count`;
  return Number(row!.count);
}

export type NewLeaf = Readonly<{ sender: string; seq: bigint; hash: Buffer }>;

export async function insertLeaves(tx: Tx, firstIndex: number, leaves: readonly NewLeaf[]): Promise<void> {
  const [senders, seqs] = [leaves.map(({ sender }) => sender), leaves.map(({ seq }) => seq)];
  await tx.sql.$executeRaw`
    insert into audit.leaf (log_index, sender, seq, hash)
    select ${firstIndex}::bigint + n.place - 1, n.sender, n.seq, decode(n.hash, 'hex')
    from unnest(${senders}::text[], ${seqs}::bigint[], ${leaves.map(({ hash }) => hash.toString('hex'))}::text[])
      with ordinality as n(sender, seq, hash, place)`;
}

export async function insertNodes(tx: Tx, nodes: readonly TreeNode[]): Promise<void> {
  const [levels, positions] = [nodes.map(({ level }) => level), nodes.map(({ position }) => position)];
  await tx.sql.$executeRaw`
    insert into audit.tree_node (level, position, hash)
    select n.level, n.position, decode(n.hash, 'hex')
    from unnest(${levels}::int[], ${positions}::bigint[], ${nodes.map(({ hash }) => hash.toString('hex'))}::text[]) as n(level, position, hash)`;
}

export async function insertSealing(tx: Tx, previousSize: number, { size, root }: Sealing): Promise<void> {
  await tx.sql.$executeRaw`
    insert into audit.sealing (size, previous_size, root, sealed_at)
    values (${size}::bigint, ${previousSize}::bigint, decode(${root}, 'hex'), ${tx.now})`;
}
