import { cents, type Cents, type PayerId, type ProgrammeId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';

export type ActivatedOf = Readonly<{ payerId: PayerId; name: string; activated: Cents }>;

/** Every payer that has a share of an order of the programme, with what it bore of activations. */
export async function activatedByPayer(sql: Sql, programmeId: ProgrammeId): Promise<ActivatedOf[]> {
  const rows = await sql.$queryRaw<(Omit<ActivatedOf, 'activated'> & { activated: bigint })[]>`
    select p.id as "payerId", p.name, (
      select coalesce(sum(s.amount_cents), 0)::bigint from issuance.activation_share s
      join issuance.activation a on a.id = s.activation_id join issuance.batch b on b.id = a.batch_id
      join issuance.order o on o.id = b.order_id
      where s.payer_id = p.id and o.programme_id = ${programmeId}::uuid) as activated
    from issuance.payer p
    where exists (select from issuance.order_share s join issuance.order o on o.id = s.order_id
      where s.payer_id = p.id and o.programme_id = ${programmeId}::uuid)
    order by p.id`;
  return rows.map((row) => ({ ...row, activated: cents(row.activated) }));
}

/** What payers are asked for in orders of the programme and have not paid yet; of a cancelled one nothing is. */
export async function announcedByPayer(sql: Sql, programmeId: ProgrammeId): Promise<ReadonlyMap<PayerId, Cents>> {
  const rows = await sql.$queryRaw<{ payerId: PayerId; announced: bigint }[]>`
    select s.payer_id as "payerId", sum(s.amount_cents - s.funded_cents)::bigint as announced
    from issuance.order_share s join issuance.order o on o.id = s.order_id
    where o.programme_id = ${programmeId}::uuid and s.funded_cents < s.amount_cents
      and not exists (select from issuance.order_step t where t.order_id = o.id and t.step = 'cancelled') group by s.payer_id`;
  return new Map(rows.map(({ payerId, announced }) => [payerId, cents(announced)]));
}
