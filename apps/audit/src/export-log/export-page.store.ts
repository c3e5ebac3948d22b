import type { Sql } from '#libs/persistence';

export type LeafRow = Readonly<{ hash: string; event: string | null }>;

/** In the order of the log. A leaf whose event is gone is shown as such: the export hides nothing. */
export function readLeaves(sql: Sql, first: number, end: number): Promise<LeafRow[]> {
  return sql.$queryRaw<LeafRow[]>`
    select encode(audit.stored_hashes(0, s.first_index + n.seq - s.first_seq, 1), 'hex') as hash, e.text as event
    from audit.sealed_between(${first}::bigint, ${end}::bigint) s
    cross join lateral generate_series(s.first_seq, s.last_seq) n(seq)
    left join lateral (select audit.leaf_json(e)::text as text from audit.event e where e.sender = s.sender and e.seq = n.seq limit 1) e on true
    order by s.first_index, n.seq`;
}
