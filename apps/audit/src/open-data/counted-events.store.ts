// The numbers of the events that a month counted of a programme, as its signed text bounds them: who has the log finds each by its number.
import { FIGURES_ZONE, type Counted } from '#libs/figures';
import { monthAfter, type Month, type ProgrammeId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';

/** `occurredAt` in UTC with six decimals, as the database keeps it: a page goes on behind it. */
export type CountedEvent = Readonly<{ id: string; sender: string; seq: number; type: string; occurredAt: string }>;
export type CountedAsked = Readonly<{
  month: Month; programmeId: ProgrammeId; after: Pick<CountedEvent, 'occurredAt' | 'sender' | 'seq'> | null; rowsMax: number;
}>;

/**
 * Redemptions, those undone left out, and what was activated, handed over and expired, in the order in which they were said. Each kind is
 * read from where the page before ended, as its index goes; a spec makes the figures of what is listed here.
 */
export function countedEvents(sql: Sql, counted: Counted, { month, programmeId, after, rowsMax }: CountedAsked): Promise<CountedEvent[]> {
  const lastSeqs = JSON.stringify(counted.lastSeqs);
  return sql.$queryRaw`
    with batch as materialized (
      select body ->> 'batchId' as id from audit.event where type = 'batch.created.v1' and body ->> 'programmeId' = ${programmeId}::text
        and seq <= coalesce((${lastSeqs}::jsonb ->> sender)::bigint, 0))
    select e.id, e.sender, e.seq::float8 as seq, e.type, to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "occurredAt"
    from unnest('{voucher.redeemed.v1,range.activated.v1,range.handed_over.v1,voucher.expired_chunk.v1}'::text[]) counted(type) cross join lateral (
      select * from audit.event e
      where e.type = counted.type and e.seq <= coalesce((${lastSeqs}::jsonb ->> e.sender)::bigint, 0)
        and (e.occurred_at, e.sender, e.seq)
          > (coalesce(${after?.occurredAt ?? null}::timestamptz, ${`${month}-01`}::timestamp at time zone ${FIGURES_ZONE}), ${after?.sender ?? ''}, ${after?.seq ?? 0}::bigint)
        and e.occurred_at < ${`${monthAfter(month)}-01`}::timestamp at time zone ${FIGURES_ZONE}
        and case e.type
          when 'voucher.redeemed.v1' then e.body ->> 'programmeId' = ${programmeId}::text and not exists (
            select from audit.event_mention u where u.subject = (e.body ->> 'redemptionId')::uuid and u.type = 'redemption.undone.v1'
              and u.seq <= coalesce((${lastSeqs}::jsonb ->> u.sender)::bigint, 0))
          else e.body ->> 'batchId' in (select id from batch) end
      order by e.occurred_at, e.sender, e.seq limit ${rowsMax}::int) e
    order by e.occurred_at, e.sender, e.seq limit ${rowsMax}::int`;
}
