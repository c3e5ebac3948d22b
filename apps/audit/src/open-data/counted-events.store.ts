// The numbers of the events that a month counted of a programme, as its signed text bounds them: who has the log finds each by its number.
import { FIGURES_ZONE } from '#libs/figures';
import type { Month, ProgrammeId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import type { Counted } from './open-data-text.js';

export type CountedEvent = Readonly<{ id: string; sender: string; seq: number; type: string; occurredAt: Date }>;
export type CountedAsked = Readonly<{
  month: Month; programmeId: ProgrammeId; after: readonly [sender: string, seq: number]; rowsMax: number;
}>;

/** Redemptions, those undone left out, and what was activated, handed over and expired, in the order of senders and their numbers. */
export const countedEvents = (sql: Sql, { lastSeqs }: Counted, { month, programmeId, after, rowsMax }: CountedAsked): Promise<CountedEvent[]> => sql.$queryRaw`
  with bound as (select ${`${month}-01`}::timestamp at time zone ${FIGURES_ZONE} as begin, (${`${month}-01`}::timestamp + interval '1 month') at time zone ${FIGURES_ZONE} as finish),
  counted as materialized (
    select e.* from audit.event e, bound
    where e.type in ('voucher.redeemed.v1', 'range.activated.v1', 'range.handed_over.v1', 'voucher.expired_chunk.v1')
      and e.occurred_at >= begin and e.occurred_at < finish and e.seq <= coalesce((${JSON.stringify(lastSeqs)}::jsonb ->> e.sender)::bigint, 0)),
  undone as materialized (
    select e.body ->> 'redemptionId' as id from audit.event e, bound where e.type = 'redemption.undone.v1' and e.occurred_at >= begin
      and e.seq <= coalesce((${JSON.stringify(lastSeqs)}::jsonb ->> e.sender)::bigint, 0)),
  batch as materialized (select body ->> 'batchId' as id from audit.event where type = 'batch.created.v1' and body ->> 'programmeId' = ${programmeId}::text)
  select e.id, e.sender, e.seq::float8 as seq, e.type, e.occurred_at as "occurredAt" from counted e
  where (e.sender, e.seq) > (${after[0]}, ${after[1]}::bigint) and case e.type
    when 'voucher.redeemed.v1' then e.body ->> 'programmeId' = ${programmeId}::text and not exists (select from undone u where u.id = e.body ->> 'redemptionId')
    else e.body ->> 'batchId' in (select id from batch) end
  order by e.sender, e.seq limit ${rowsMax}::int`;
