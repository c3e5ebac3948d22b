import type { Sql, Tx } from '#libs/persistence';

/** The place in the log up to which proofs were told. Two tellers would tell one statement twice. */
export async function lockTold(tx: Tx): Promise<number> {
  const [row] = await tx.sql.$queryRaw<{ upTo: bigint }[]>`select up_to_index as "upTo" from audit.told_proof for update`;
  return Number(row!.upTo);
}

export async function saveTold(tx: Tx, upTo: number): Promise<void> {
  await tx.sql.$executeRaw`update audit.told_proof set up_to_index = ${upTo}::bigint`;
}

export type ClosedLeaf = Readonly<{ eventId: string; statementId: string; index: number }>;

/** Statements that closed, in the order of the log, from a place to the end of a checkpoint. */
export async function closedBetween(
  sql: Sql, { from, size }: Readonly<{ from: number; size: number }>, limit: number,
): Promise<ClosedLeaf[]> {
  const rows = await sql.$queryRaw<(Omit<ClosedLeaf, 'index'> & { index: bigint })[]>`
    select e.id as "eventId", e.body ->> 'statementId' as "statementId", p.log_index as index
    from audit.sealed_stretch s
    join audit.event e on e.sender = s.sender and e.seq >= s.first_seq and e.seq < s.first_seq + s.count and e.type = 'statement.closed.v1'
    cross join lateral audit.place_of(e.sender, e.seq) p
    where s.sender = 'settlement' and s.first_index < ${size}::bigint and s.first_index + s.count > ${from}::bigint
      and p.log_index >= ${from}::bigint and p.log_index < ${size}::bigint
    order by p.log_index limit ${limit}::int`;
  return rows.map((row) => ({ ...row, index: Number(row.index) }));
}
