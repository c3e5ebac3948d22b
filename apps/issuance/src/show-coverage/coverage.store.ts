import { cents, type Cents, type PayerId, type ProgrammeId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import type { OrderShare } from '../order-share.decision.js';

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

export type UnpaidOrder = Readonly<{ total: Cents; funded: Cents; shares: readonly OrderShare[] }>;

export async function unpaidOrders(sql: Sql, programmeId: ProgrammeId): Promise<UnpaidOrder[]> {
  const rows = await sql.$queryRaw<{ total: bigint; funded: bigint; shares: OrderShare[] }[]>`
    select o.total_cents as total, o.funded_cents as funded,
      json_agg(json_build_object('payerId', s.payer_id, 'basisPoints', s.basis_points) order by s.priority) as shares
    from issuance.order o join issuance.order_share s on s.order_id = o.id
    where o.programme_id = ${programmeId}::uuid and o.funded_cents < o.total_cents group by o.id`;
  return rows.map(({ total, funded, shares }) => ({ total: cents(total), funded: cents(funded), shares }));
}
