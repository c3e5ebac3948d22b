// How far the money of a programme goes, from audit's copy of the events: of all times, because money knows no months.
import type { ProgrammeId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';

export type ProgrammeMoney = Readonly<{ activatedCents: number; redeemedCents: number; expiredCents: number; payers: number }>;

export async function programmeMoney(sql: Sql, programmeId: ProgrammeId): Promise<ProgrammeMoney> {
  const [row] = await sql.$queryRaw<ProgrammeMoney[]>`
    with batch as materialized (select body ->> 'batchId' as id from audit.event
      where type = 'batch.created.v1' and body ->> 'programmeId' = ${programmeId}::text),
    flow as (select e.type, e.body from audit.event e join batch b on b.id = e.body ->> 'batchId'
      where e.type in ('range.activated.v1', 'voucher.expired_chunk.v1')),
    undone as materialized (select body ->> 'redemptionId' as id from audit.event
      where type = 'redemption.undone.v1' and body ->> 'programmeId' = ${programmeId}::text)
    select
      (select coalesce(sum((body ->> 'amountCents')::bigint), 0)::float8 from flow where type = 'range.activated.v1') as "activatedCents",
      (select coalesce(sum((body ->> 'amountCents')::bigint), 0)::float8 from flow where type = 'voucher.expired_chunk.v1') as "expiredCents",
      (select coalesce(sum((e.body ->> 'amountCents')::bigint), 0)::float8 from audit.event e
        where e.type = 'voucher.redeemed.v1' and e.body ->> 'programmeId' = ${programmeId}::text
          and not exists (select from undone u where u.id = e.body ->> 'redemptionId')) as "redeemedCents",
      (select count(distinct s ->> 'payerId')::int from flow, jsonb_array_elements(body -> 'shares') s where type = 'range.activated.v1') as payers`;
  return row!;
}
