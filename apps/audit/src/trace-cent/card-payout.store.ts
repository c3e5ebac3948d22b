// Card payments and the payouts that brought them to the bank, by the custody account between them.
import { FED_MAX } from '../limits.js';
import { covering } from './card-payout.decision.js';
import { CARD_PAID, PAYOUT, type KeptEvent } from './kept-event.decision.js';
import { eventOf, type Row, type TracedLog } from './trace.store.js';

/** The newest before each payout, as many as cover it. */
export const cardsPaidBefore = (log: TracedLog, payouts: readonly KeptEvent[]): Promise<KeptEvent[]> =>
  coveringEach(log, payouts, { type: CARD_PAID, goes: 'back' });

/** The first after each card payment, as many as cover it. */
export const payoutsOfCards = (log: TracedLog, paid: readonly KeptEvent[]): Promise<KeptEvent[]> =>
  coveringEach(log, paid, { type: PAYOUT, goes: 'on' });

type Towards = Readonly<{ type: string; goes: 'back' | 'on' }>;

async function coveringEach(log: TracedLog, all: readonly KeptEvent[], towards: Towards): Promise<KeptEvent[]> {
  if (all.length === 0) return [];
  const around = await nearestOf(log, all, towards);
  return all.flatMap((one, at) => covering(one, around[at]!));
}

/** Of each the nearest on its custody account, in the order in which they are taken: all of them in one question. */
async function nearestOf({ sql, size }: TracedLog, all: readonly KeptEvent[], { type, goes }: Towards): Promise<KeptEvent[][]> {
  const rows = await sql.$queryRaw<(Row & Readonly<{ at: number }>)[]>`
    select a.at::int as at, n.*
    from unnest(${all.map(({ body }) => body.custodyAccountId ?? null)}::uuid[], ${all.map(({ occurredAt }) => occurredAt.toISOString())}::timestamptz[])
      with ordinality as a(account, moment, at)
    cross join lateral (
      select e.id, e.sender, e.seq, e.type, e.occurred_at as "occurredAt", l.log_index as leaf, e.body
      from audit.event_mention m join audit.event e on e.sender = m.sender and e.seq = m.seq
      left join lateral audit.place_of(e.sender, e.seq) l on true
      where m.subject = a.account and m.type = ${type} and (${size}::bigint is null or l.log_index < ${size}::bigint)
        and case when ${goes} = 'back' then e.occurred_at <= a.moment else e.occurred_at >= a.moment end
      order by case when ${goes} = 'back' then e.occurred_at end desc, e.occurred_at, e.seq limit ${FED_MAX}::int) n
    order by a.at, case when ${goes} = 'back' then n."occurredAt" end desc, n."occurredAt", n.seq`;
  const found = all.map((): KeptEvent[] => []);
  for (const { at, ...row } of rows) found[at - 1]!.push(eventOf(row));
  return found;
}
