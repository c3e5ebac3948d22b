import type { Sql } from '#libs/persistence';

export type LeafRow = Readonly<{ hash: string; event: string | null }>;

/** In the order of the log. A leaf whose event is gone is shown as such: the export hides nothing. */
export function readLeaves(sql: Sql, first: number, end: number): Promise<LeafRow[]> {
  return sql.$queryRaw<LeafRow[]>`
    select encode(l.hash, 'hex') as hash, case when e.id is not null then audit.leaf_json(e)::text end as event
    from audit.leaf l left join audit.event e on e.sender = l.sender and e.seq = l.seq
    where l.log_index >= ${first}::bigint and l.log_index < ${end}::bigint order by l.log_index`;
}
