import type { Sql, Tx } from '#libs/persistence';
import { leafText } from '../seal-events/leaf.js';

/** Whether a checkpoint signed more than was looked through. */
export async function isSignedUntold(sql: Sql): Promise<boolean> {
  const [row] = await sql.$queryRaw<{ found: boolean }[]>`
    select exists (select from audit.checkpoint c, audit.told_proof t where c.size > t.up_to_index) as found`;
  return row!.found;
}

/** The place in the log up to which proofs were told. Two tellers would tell one statement twice. */
export async function lockTold(tx: Tx): Promise<number> {
  const [row] = await tx.sql.$queryRaw<{ upTo: bigint }[]>`select up_to_index as "upTo" from audit.told_proof for update`;
  return Number(row!.upTo);
}

export async function saveTold(tx: Tx, upTo: number): Promise<void> {
  await tx.sql.$executeRaw`update audit.told_proof set up_to_index = ${upTo}::bigint`;
}

export type ClosedLeaf = Readonly<{ eventId: string; statementId: string; index: number; leaf: string }>;

/** Statements that closed, in the order of the log, from a place to the end of a checkpoint. */
export async function closedBetween(
  sql: Sql, { from, size }: Readonly<{ from: number; size: number }>, limit: number,
): Promise<ClosedLeaf[]> {
  const rows = await sql.$queryRaw<(Omit<ClosedLeaf, 'index'> & { index: bigint })[]>`
    select e.id as "eventId", e.body ->> 'statementId' as "statementId", s.first_index + e.seq - s.first_seq as index, audit.leaf_json(e)::text as leaf
    from audit.sealed_between(${from}::bigint, ${size}::bigint) s
    join audit.event e on e.sender = s.sender and e.seq between s.first_seq and s.last_seq and e.type = 'statement.closed.v1'
    where s.sender = 'settlement' order by index limit ${limit}::int`;
  return rows.map(({ index, leaf, ...row }) => ({ ...row, index: Number(index), leaf: leafText(leaf) }));
}
