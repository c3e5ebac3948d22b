import type { PayerId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';

/** An organisation, by the name that it is registered under: who shares an order with others is told who they are. */
export type PayerName = Readonly<{ payerId: PayerId; name: string }>;

/** In the order of the ids. */
export const payerNames = (sql: Sql, payerIds: readonly PayerId[]): Promise<PayerName[]> => sql.$queryRaw<PayerName[]>`
  select p.id as "payerId", p.name from unnest(${payerIds}::uuid[]) with ordinality as asked(id, place) join issuance.payer p on p.id = asked.id order by asked.place`;

/** Of an order, in the order of its shares: the leading payer first. */
export const payersOfOrder = (sql: Sql, orderId: string): Promise<PayerName[]> => sql.$queryRaw<PayerName[]>`
  select p.id as "payerId", p.name from issuance.order_share s join issuance.payer p on p.id = s.payer_id where s.order_id = ${orderId}::uuid order by s.priority`;
