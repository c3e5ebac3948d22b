import { cents, idOf, type Cents, type PlaceId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { NUMBERING_LOOKS_MAX } from '../limits.js';

export type PlaceTotal = Readonly<{ placeId: PlaceId; count: number; amount: Cents }>;
export type TotalsSoFar = Readonly<{ upToSeq: number; places: readonly PlaceTotal[] }>;

/**
 * What each place redeemed since its beginning and has not undone, as far as it has message numbers (decision 20). One
 * statement, hence one snapshot: the number and the sums belong together, whatever is redeemed meanwhile. An undoing whose
 * message still stands in the outbox has no number; the redemption that it undoes was committed, and numbered, before it.
 */
export async function totalsSoFar(sql: Sql): Promise<TotalsSoFar> {
  const rows = await sql.$queryRaw<{ up_to_seq: bigint; place_id: string | null; count: number; amount: bigint }[]>`
    with unnumbered as materialized (
      select (m ->> 'id')::uuid as id from redemption.outbox, jsonb_array_elements(messages) m where m ->> 'type' = 'redemption.undone.v1'),
    undone as (
      select u.redemption_id from redemption.undone_redemption u where not exists (select from unnumbered n where n.id = u.id))
    select n.up_to_seq, t.place_id, t.count, t.amount
    from (select coalesce(max(last_seq), 0) as up_to_seq from redemption.numbered) n
    left join (
      select r.place_id, count(*)::int as count, sum(r.amount)::bigint as amount
      from redemption.redemption r join redemption.numbered m on m.outbox_id = r.outbox_id
      where not exists (select from undone u where u.redemption_id = r.id)
      group by r.place_id
    ) t on true
    order by t.place_id`;
  const places = rows.flatMap(({ place_id: id, count, amount }) => (id === null ? [] : [{ placeId: idOf('place', id), count, amount: cents(amount) }]));
  return { upToSeq: Number(rows[0]!.up_to_seq), places };
}

/** Looks for two seconds. The caller holds the period's lock, so that no undoing joins meanwhile. */
export async function areUndoingsNumbered(tx: Tx): Promise<boolean> {
  for (let look = 1; ; look += 1) {
    const [row] = await tx.sql.$queryRaw<{ waiting: boolean }[]>`
      select exists (select from redemption.outbox, jsonb_array_elements(messages) m where m ->> 'type' = 'redemption.undone.v1') as waiting`;
    if (!row!.waiting) return true;
    if (look >= NUMBERING_LOOKS_MAX) return false;
    await tx.sql.$executeRaw`select pg_sleep(0.05)`;
  }
}
