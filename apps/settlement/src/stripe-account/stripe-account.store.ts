import type { BankAccountId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { personOf } from '../settlement.work.js';

/** The custody account that Stripe pays out to; undefined before it is connected. */
export async function stripeAccount(sql: Sql): Promise<BankAccountId | undefined> {
  const [row] = await sql.$queryRaw<{ bankAccountId: BankAccountId }[]>`select bank_account_id as "bankAccountId" from settlement.stripe_account`;
  return row?.bankAccountId;
}

/** False when Stripe is connected already. */
export async function insertStripeAccount(tx: Tx, bankAccountId: BankAccountId, eventId: string): Promise<boolean> {
  const inserted = await tx.sql.$executeRaw`
    insert into settlement.stripe_account (bank_account_id, event_id, connected_by, connected_at)
    values (${bankAccountId}::uuid, ${eventId}::uuid, ${personOf(tx)}, ${tx.now}) on conflict do nothing`;
  return inserted === 1;
}
