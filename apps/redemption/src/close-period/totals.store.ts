import { cents, idOf, type Cents, type PlaceId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';

export type PlaceTotal = Readonly<{ placeId: PlaceId; count: number; amount: Cents }>;

/**
 * What each place redeemed since its beginning, as far as it has message numbers (decision 20). One statement, hence one
 * snapshot: the number and the sums belong together, whatever is redeemed meanwhile.
 */
export async function totalsSoFar(sql: Sql): Promise<{ upToSeq: number; places: PlaceTotal[] }> {
  const rows = await sql.$queryRaw<{ up_to_seq: bigint; place_id: string | null; count: number; amount: bigint }[]>`
    select n.up_to_seq, t.place_id, t.count, t.amount
    from (select coalesce(max(last_seq), 0) as up_to_seq from redemption.numbered) n
    left join (
      select r.place_id, count(*)::int as count, sum(r.amount)::bigint as amount
      from redemption.redemption r join redemption.numbered m on m.outbox_id = r.outbox_id
      group by r.place_id
    ) t on true
    order by t.place_id`;
  const places = rows.flatMap(({ place_id: id, count, amount }) => (id === null ? [] : [{ placeId: idOf('place', id), count, amount: cents(amount) }]));
  return { upToSeq: Number(rows[0]!.up_to_seq), places };
}
