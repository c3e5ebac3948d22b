import { cents, type Cents, type OrderId, type PayerId, type ProgrammeId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';

/** Every order that the payer has a share of, cancelled ones too. */
export async function ordersOfPayer(sql: Sql, payerId: PayerId): Promise<OrderId[]> {
  const rows = await sql.$queryRaw<{ orderId: OrderId }[]>`
    select s.order_id as "orderId" from issuance.order_share s where s.payer_id = ${payerId}::uuid order by s.order_id`;
  return rows.map(({ orderId }) => orderId);
}

/** What was ordered back to the payer, under the programme whose money it was: of a statement, that of its order. */
export async function refundedByProgramme(sql: Sql, payerId: PayerId): Promise<ReadonlyMap<ProgrammeId, Cents>> {
  const rows = await sql.$queryRaw<{ programmeId: ProgrammeId; amount: bigint }[]>`
    select coalesce(r.programme_id, o.programme_id) as "programmeId", sum(r.amount_cents)::bigint as amount
    from issuance.refund r left join issuance.signed_statement s on s.statement_id = r.statement_id left join issuance.order o on o.id = s.order_id
    where r.payer_id = ${payerId}::uuid group by 1`;
  return new Map(rows.map(({ programmeId, amount }) => [programmeId, cents(amount)]));
}

/** As the rules in force call them. */
export async function programmeNames(
  sql: Sql, programmeIds: readonly ProgrammeId[], at: Date | null,
): Promise<ReadonlyMap<ProgrammeId, string>> {
  const rows = await sql.$queryRaw<{ programmeId: ProgrammeId; name: string }[]>`
    select r.programme_id as "programmeId", r.name from issuance.programme_rule r
    where r.programme_id = any(${programmeIds}::uuid[])
      and r.version = issuance.rule_in_force(r.programme_id, coalesce(${at}::timestamptz, clock_timestamp()))`;
  return new Map(rows.map(({ programmeId, name }) => [programmeId, name]));
}
