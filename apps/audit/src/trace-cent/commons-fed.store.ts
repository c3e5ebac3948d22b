import { FEEDS, GIFT, type KeptEvent } from './kept-event.decision.js';
import { eventOf, type Row, type TracedLog } from './trace.store.js';

/**
 * On the custody account from which the commons gave, before they did, by number where one sender said both: the newest first. A gift says
 * whole which pool it is for; of shares, which are divided, that is not asked.
 */
export async function fedBefore({ sql, size }: TracedLog, given: KeptEvent, limit: number): Promise<KeptEvent[]> {
  const { sender, seq, occurredAt, body } = given;
  const rows = await sql.$queryRaw<Row[]>`
    select e.id, e.sender, e.seq, e.type, e.occurred_at as "occurredAt", l.log_index as leaf, e.body
    from audit.event_mention m join audit.event e on e.sender = m.sender and e.seq = m.seq
    left join lateral audit.place_of(e.sender, e.seq) l on true
    where m.subject = ${body.custodyAccountId ?? null}::uuid and m.type = any(${[...FEEDS]}::text[])
      and e.occurred_at <= ${occurredAt} and (e.sender <> ${sender} or e.seq < ${seq}::bigint)
      and ((e.body ->> 'commonsCents')::bigint > 0 or e.body ->> 'outcome' = 'commons'
        or (e.type = ${GIFT} and e.body ->> 'pool' = ${body.pool ?? null}::text))
      and (${size}::bigint is null or l.log_index < ${size}::bigint)
    order by e.occurred_at desc, e.sender, e.seq desc limit ${limit}::int`;
  return rows.map(eventOf);
}
