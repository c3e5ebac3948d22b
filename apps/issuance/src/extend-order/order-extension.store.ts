// Extensions of orders: those that are in force, and those that payers are asked to agree to.
import { cents, type BatchId, type Cents, type LocalDate, type OrderId, type PayerId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { LaterDates } from './later-dates.decision.js';

export type ExpiredBatch = Readonly<{ batchId: BatchId; runCount: number; voucherCount: number; expired: Cents }>;

/** Every batch of the order, replacements too, with what has expired of it and was not given back since. By id. */
export async function expiredBatches(tx: Tx, orderId: OrderId): Promise<ExpiredBatch[]> {
  const rows = await tx.sql.$queryRaw<(Omit<ExpiredBatch, 'expired'> & { expired: bigint })[]>`
    select b.id as "batchId", (select count(*)::int from issuance.finished_expiry f where f.batch_id = b.id) as "runCount",
      (coalesce(c.vouchers, 0) - coalesce(x.vouchers, 0))::int as "voucherCount",
      (coalesce(c.amount, 0) - coalesce(x.amount, 0))::bigint as expired
    from issuance.batch b
    cross join lateral (select sum(count) as vouchers, sum(amount_cents) as amount from issuance.expired_chunk where batch_id = b.id) c
    cross join lateral (select sum(voucher_count) as vouchers, sum(amount_cents) as amount from issuance.batch_extension where batch_id = b.id) x
    where b.order_id = ${orderId}::uuid order by b.id`;
  return rows.map((row) => ({ ...row, expired: cents(row.expired) }));
}

export type NewExtension = LaterDates & Readonly<{ extensionId: string; orderId: OrderId; statementId: string | null }>;

export async function insertExtension(tx: Tx, extension: NewExtension, extendedBy: string): Promise<void> {
  const { extensionId, orderId, statementId, usableUntil, claimableUntil } = extension;
  await tx.sql.$executeRaw`
    insert into issuance.order_extension (id, order_id, statement_id, usable_until, claimable_until, extended_by, extended_at)
    values (${extensionId}::uuid, ${orderId}::uuid, ${statementId}::uuid, ${usableUntil}::date, ${claimableUntil}::date, ${extendedBy}, ${tx.now})`;
}

export async function insertBatchExtension(tx: Tx, extensionId: string, batch: ExpiredBatch, eventId: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.batch_extension (event_id, extension_id, batch_id, amount_cents, voucher_count, run_count, currency)
    values (${eventId}::uuid, ${extensionId}::uuid, ${batch.batchId}::uuid, ${batch.expired}, ${batch.voucherCount}, ${batch.runCount}, 'EUR')`;
}

export async function insertProposal(
  tx: Tx, { extensionId, orderId, usableUntil, claimableUntil }: NewExtension, proposedBy: string,
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.extension_proposal (id, order_id, usable_until, claimable_until, proposed_by, proposed_at)
    values (${extensionId}::uuid, ${orderId}::uuid, ${usableUntil}::date, ${claimableUntil}::date, ${proposedBy}, ${tx.now})`;
}

export async function orderOfProposal(sql: Sql, proposalId: string): Promise<OrderId | undefined> {
  const [row] = await sql.$queryRaw<{ orderId: OrderId }[]>`
    select order_id as "orderId" from issuance.extension_proposal where id = ${proposalId}::uuid`;
  return row?.orderId;
}

export type Proposal = Readonly<{ usableUntil: LocalDate; claimableUntil: LocalDate; agreed: readonly PayerId[]; inForce: boolean }>;

/** To be read under the lock of its order. */
export async function readProposal(tx: Tx, proposalId: string): Promise<Proposal> {
  const [row] = await tx.sql.$queryRaw<Proposal[]>`
    select p.usable_until::text as "usableUntil", p.claimable_until::text as "claimableUntil",
      array(select a.payer_id::text from issuance.extension_agreement a where a.proposal_id = p.id) as agreed,
      exists (select from issuance.order_extension e where e.id = p.id) as "inForce"
    from issuance.extension_proposal p where p.id = ${proposalId}::uuid`;
  return row!;
}

export async function insertAgreement(tx: Tx, proposalId: string, payerId: PayerId, agreedBy: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.extension_agreement (proposal_id, payer_id, agreed_by, agreed_at)
    values (${proposalId}::uuid, ${payerId}::uuid, ${agreedBy}, ${tx.now})`;
}
