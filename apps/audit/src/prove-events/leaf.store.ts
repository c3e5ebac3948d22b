import type { Id } from '#libs/kernel';
import type { Sql } from '#libs/persistence';

export type SealedEvent = Readonly<{ index: bigint | null; hash: string | null; event: string }>;

/** Undefined when audit has no such event; without an index while it waits for its place. */
export async function findSealed(sql: Sql, eventId: Id<'event'>): Promise<SealedEvent | undefined> {
  const [row] = await sql.$queryRaw<SealedEvent[]>`
    select l.log_index as index, encode(audit.stored_hashes(0, l.log_index, 1), 'hex') as hash, audit.leaf_json(e)::text as event
    from audit.event e left join lateral audit.place_of(e.sender, e.seq) l on true where e.id = ${eventId}::uuid`;
  return row;
}
