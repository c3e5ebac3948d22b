// Versions of the Stripe account that a payee is paid to: those of a bank account, on the other rail.
import type { DestinationId, PayeeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { FoundDestination } from '#libs/stripe';
import { personOf } from '../settlement.work.js';

export type StoredDestination = Readonly<{
  id: DestinationId; payeeId: PayeeId; version: number; stripeAccountId: string; maker: string; approved: boolean;
}>;
export type ShownDestination = Omit<StoredDestination, 'payeeId'> & Readonly<{
  country: string; businessName: string | null; legalName: string; proposedAt: Date; checker: string | null; approvedAt: Date | null;
  replacedAt: Date | null; blockedAt: Date | null; blockedReason: string | null;
}>;

/** The payee that has it by an approval. */
export async function holderOfDestination(tx: Tx, stripeAccountId: string): Promise<PayeeId | undefined> {
  const [row] = await tx.sql.$queryRaw<{ payeeId: PayeeId }[]>`
    select payee_id as "payeeId" from settlement.destination_holder where stripe_account_id = ${stripeAccountId}`;
  return row?.payeeId;
}

/** The number of the version is drawn under the payee's lock, so two proposals at once get two numbers. */
export async function insertDestination(
  tx: Tx, id: DestinationId, payeeId: PayeeId, { accountId, country, businessName }: FoundDestination,
): Promise<number> {
  const [row] = await tx.sql.$queryRaw<{ version: number }[]>`
    insert into settlement.payee_destination (id, payee_id, version, stripe_account_id, country, business_name, maker, proposed_at)
    select ${id}::uuid, ${payeeId}::uuid, coalesce(max(version), 0) + 1, ${accountId}, ${country ?? null}, ${businessName?.slice(0, 500) ?? null},
      ${personOf(tx)}, ${tx.now}
    from settlement.payee_destination where payee_id = ${payeeId}::uuid returning version`;
  return row!.version;
}

export async function findDestination(sql: Sql, id: DestinationId): Promise<StoredDestination | undefined> {
  const [row] = await sql.$queryRaw<StoredDestination[]>`
    select id, payee_id as "payeeId", version, stripe_account_id as "stripeAccountId", maker, approved_at is not null as approved
    from settlement.payee_destination where id = ${id}::uuid`;
  return row;
}

export async function lockDestination(tx: Tx, id: DestinationId): Promise<StoredDestination | undefined> {
  await tx.sql.$executeRaw`select 1 from settlement.payee_destination where id = ${id}::uuid for update`;
  return findDestination(tx.sql, id);
}

export async function latestDestination(tx: Tx, payeeId: PayeeId): Promise<number> {
  const [row] = await tx.sql.$queryRaw<{ version: number }[]>`
    select coalesce(max(version), 0)::int as version from settlement.payee_destination where payee_id = ${payeeId}::uuid`;
  return row!.version;
}

/** The database closes the version before it at the same instant. */
export async function approveDestination(tx: Tx, { id, payeeId, stripeAccountId }: StoredDestination): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.destination_holder (stripe_account_id, payee_id) values (${stripeAccountId}, ${payeeId}::uuid) on conflict do nothing`;
  await tx.sql.$executeRaw`
    update settlement.payee_destination set checker = ${personOf(tx)}, approved_at = ${tx.now} where id = ${id}::uuid`;
}

/** Only the first reason to block a version is kept. */
export async function blockDestinationVersion(tx: Tx, id: DestinationId, reason: string): Promise<boolean> {
  const blocked = await tx.sql.$executeRaw`
    update settlement.payee_destination set blocked_at = ${tx.now}, blocked_reason = ${reason} where id = ${id}::uuid and blocked_at is null`;
  return blocked === 1;
}

export const destinationsOf = (sql: Sql, payeeId: PayeeId): Promise<ShownDestination[]> => sql.$queryRaw<ShownDestination[]>`
  select d.id, d.version, d.stripe_account_id as "stripeAccountId", d.maker, d.approved_at is not null as approved, d.country,
    d.business_name as "businessName", p.legal_name as "legalName", d.proposed_at as "proposedAt", d.checker, d.approved_at as "approvedAt",
    d.replaced_at as "replacedAt", d.blocked_at as "blockedAt", d.blocked_reason as "blockedReason"
  from settlement.payee_destination d join settlement.payee p on p.id = d.payee_id where d.payee_id = ${payeeId}::uuid order by d.version desc`;
