// How many stopped vouchers a distributor may replace by itself in a month, and how many it did.
import type { BatchId, DistributorId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { Range } from '../voucher-range.decision.js';

/** `month` is its first day, as text. */
export type Quota = Readonly<{ month: string; vouchersPerMonth: number; used: number }>;
export type NewQuota = Readonly<{ distributorId: DistributorId; vouchersPerMonth: number; fromMonth: string }>;

export async function insertQuota(tx: Tx, { distributorId, vouchersPerMonth, fromMonth }: NewQuota, setBy: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.replacement_quota (id, distributor_id, vouchers_per_month, from_month, set_by, set_at)
    values (${tx.newId()}::uuid, ${distributorId}::uuid, ${vouchersPerMonth}, ${fromMonth}::date, ${setBy}, ${tx.now})`;
}

/** The latest word about the month, or about the one nearest before it; without any, none may be replaced. */
export async function readQuota(sql: Sql, distributorId: DistributorId, month: string): Promise<Quota> {
  const [row] = await sql.$queryRaw<Omit<Quota, 'month'>[]>`
    select coalesce((select q.vouchers_per_month from issuance.replacement_quota q
        where q.distributor_id = ${distributorId}::uuid and q.from_month <= ${month}::date
        order by q.from_month desc, q.set_at desc, q.id desc limit 1), 0) as "vouchersPerMonth",
      coalesce((select sum(r.count) from issuance.distributor_replacement r
        where r.distributor_id = ${distributorId}::uuid and r.month = ${month}::date), 0)::int as used`;
  return { month, ...row! };
}

export type Within = Range & Readonly<{ distributorId: DistributorId; month: string; replacedBatchId: BatchId; way: 'minted' | 'from_stock' }>;

export async function insertWithinQuota(tx: Tx, within: Within, madeBy: string): Promise<void> {
  const { distributorId, month, replacedBatchId, first, last, way } = within;
  await tx.sql.$executeRaw`
    insert into issuance.distributor_replacement (id, distributor_id, month, replaced_batch_id, first, last, way, made_by, made_at)
    values (${tx.newId()}::uuid, ${distributorId}::uuid, ${month}::date, ${replacedBatchId}::uuid, ${first}, ${last}, ${way}, ${madeBy}, ${tx.now})`;
}
