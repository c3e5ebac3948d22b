// Card payments and the payouts that brought them to the bank, by the custody account between them.
import { FED_MAX } from '../limits.js';
import { covering, payoutsAfter } from './card-payout.decision.js';
import { CARD_PAID, PAYOUT, type KeptEvent } from './kept-event.decision.js';
import { eventOf, type Row, type TracedLog } from './trace.store.js';

/** The newest before each payout, as many as cover it. */
export async function cardsPaidBefore(log: TracedLog, payouts: readonly KeptEvent[]): Promise<KeptEvent[]> {
  const found: KeptEvent[] = [];
  for (const payout of payouts) found.push(...covering(payout.body.amountCents ?? 0, await around(log, payout, { type: CARD_PAID, goes: 'back' })));
  return found;
}

export async function payoutsOfCards(log: TracedLog, paid: readonly KeptEvent[]): Promise<KeptEvent[]> {
  const found: KeptEvent[] = [];
  for (const one of paid) found.push(...payoutsAfter(one, await around(log, one, { type: PAYOUT, goes: 'on' })));
  return found;
}

type Towards = Readonly<{ type: string; goes: 'back' | 'on' }>;

async function around({ sql, size }: TracedLog, { occurredAt, body }: KeptEvent, { type, goes }: Towards): Promise<KeptEvent[]> {
  const rows = await sql.$queryRaw<Row[]>`
    select e.id, e.sender, e.seq, e.type, e.occurred_at as "occurredAt", l.log_index as leaf, e.body
    from audit.event_mention m join audit.event e on e.sender = m.sender and e.seq = m.seq
    left join lateral audit.place_of(e.sender, e.seq) l on true
    where m.subject = ${body.custodyAccountId ?? null}::uuid and m.type = ${type}
      and (${size}::bigint is null or l.log_index < ${size}::bigint)
      and case when ${goes} = 'back' then e.occurred_at <= ${occurredAt} else e.occurred_at >= ${occurredAt} end
    order by case when ${goes} = 'back' then e.occurred_at end desc, e.occurred_at, e.seq limit ${FED_MAX}::int`;
  return rows.map(eventOf);
}
