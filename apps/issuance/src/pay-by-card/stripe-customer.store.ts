import type { PayerId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';

export async function customerOf(sql: Sql, payerId: PayerId): Promise<string | undefined> {
  const [row] = await sql.$queryRaw<{ customerId: string }[]>`
    select customer_id as "customerId" from issuance.stripe_customer where payer_id = ${payerId}::uuid`;
  return row?.customerId;
}

/** The first stays. */
export async function insertCustomer(tx: Tx, payerId: PayerId, customerId: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.stripe_customer (payer_id, customer_id, opened_at) values (${payerId}::uuid, ${customerId}, ${tx.now})
    on conflict (payer_id) do nothing`;
}

export async function payerName(sql: Sql, payerId: PayerId): Promise<string> {
  const [row] = await sql.$queryRaw<{ name: string }[]>`select name from issuance.payer where id = ${payerId}::uuid`;
  return row!.name;
}
