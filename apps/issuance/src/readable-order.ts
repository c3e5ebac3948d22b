// An order of which a payer is told something that is worked out of the whole: its co-payers' shares, their refunds, their cover. Whether
// it is theirs is asked as they may read, and nothing else is; what is told of it is the caller's to cut down to their part.
import type { OrderId, PayerId } from '#libs/kernel';
import { OVERSEER, readAs, type Sql } from '#libs/persistence';
import type { IssuanceWork } from './issuance.work.js';
import { readOrder, type Order } from './order.store.js';

/** `payerId` null: anybody's. */
export type AskedOrder = Readonly<{ orderId: OrderId; payerId: PayerId | null }>;

/** What `read` works out of it. Undefined where there is none, or the payer has no share of it. */
export async function withReadableOrder<T>(
  work: IssuanceWork, { orderId, payerId }: AskedOrder, read: (sql: Sql, order: Order) => Promise<T>,
): Promise<T | undefined> {
  if (payerId !== null && !(await readAs(work, payerId, (sql) => hasShare(sql, orderId, payerId)))) return undefined;
  return readAs(work, OVERSEER, async (sql) => {
    const order = await readOrder(sql, orderId);
    return order && read(sql, order);
  });
}

async function hasShare(sql: Sql, orderId: OrderId, payerId: PayerId): Promise<boolean> {
  const rows = await sql.$queryRaw<unknown[]>`
    select 1 from issuance.order_share s where s.order_id = ${orderId}::uuid and s.payer_id = ${payerId}::uuid`;
  return rows.length > 0;
}
