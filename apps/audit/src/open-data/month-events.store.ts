// The events that the figures of a month are made of: of the sealed log up to a place in it, so that whoever has the log has the same.
import { FIGURE_TYPES, FIGURES_ZONE, type Counted, type FigureEvent, type FigureType } from '#libs/figures';
import { monthAfter, type Month } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { EVENTS_READ_AT_ONCE } from '../limits.js';

/** The end of the sealed log, and of each sender in it: by one statement, so that both are of one moment. */
export async function sealedUpTo(sql: Sql): Promise<Counted> {
  const [row] = await sql.$queryRaw<{ leaves: number; lastSeqs: Record<string, number> | null }[]>`
    select coalesce((select max(size) from audit.sealing), 0)::float8 as leaves,
      (select jsonb_object_agg(s.sender, s.last) from (select sender, audit.last_sealed(sender) as last from (select distinct sender from audit.sealed_stretch) d) s) as "lastSeqs"`;
  return { leaves: row!.leaves, lastSeqs: row!.lastSeqs ?? {} };
}

type Row = FigureEvent & Readonly<{ sender: string; seq: bigint; moment: string }>;
/** When it has to have been said to count: in the month, before its end, after its beginning, or at any time. */
const WHEN: Readonly<Record<FigureType, Readonly<{ since: boolean; until: boolean }>>> = {
  'programme.published.v1': { since: false, until: true }, 'batch.created.v1': { since: false, until: false }, 'place.accredited.v1': { since: false, until: false },
  'range.activated.v1': { since: true, until: true }, 'range.handed_over.v1': { since: true, until: true }, 'voucher.expired_chunk.v1': { since: true, until: true },
  'voucher.redeemed.v1': { since: true, until: true }, 'redemption.undone.v1': { since: true, until: false }, 'time_to_pay.measured.v1': { since: true, until: false },
};
/** Of these the last one told counts, or the first: they come in the order of their numbers, and are few. */
const IN_ORDER: ReadonlySet<FigureType> = new Set(['programme.published.v1', 'place.accredited.v1', 'time_to_pay.measured.v1']);

/** A page at a time, outside of any transaction: what is sealed does not change. */
export async function* eventsOf(
  sql: Sql, month: Month, { lastSeqs }: Counted, readAtOnce = EVENTS_READ_AT_ONCE,
): AsyncGenerator<FigureEvent> {
  for (const type of FIGURE_TYPES) {
    const from = WHEN[type].since ? `${month}-01` : null;
    const to = WHEN[type].until ? `${monthAfter(month)}-01` : null;
    const pageOf = IN_ORDER.has(type) ? pageByNumber : pageByMoment;
    let last: Row | undefined;
    do {
      const rows: Row[] = await pageOf(sql, { type, from, to, lastSeqs: JSON.stringify(lastSeqs), last, rowsMax: readAtOnce });
      yield* rows;
      last = rows.length === readAtOnce ? rows.at(-1) : undefined;
    } while (last);
  }
}

/** `from` and `to` are days of the operator; null: whenever it was said. */
type PageAsked = Readonly<{
  type: FigureType; from: string | null; to: string | null; lastSeqs: string; last: Row | undefined; rowsMax: number;
}>;

/** By when it was said, as the index of kinds goes: each page begins where the last one ended, however many there are. */
const pageByMoment = (sql: Sql, { type, from, to, lastSeqs, last, rowsMax }: PageAsked): Promise<Row[]> => sql.$queryRaw<Row[]>`
  select e.type, to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS') || 'Z' as "occurredAt", e.body, e.sender, e.seq, e.occurred_at::text as moment
  from audit.event e
  where e.type = ${type} and e.seq <= coalesce((${lastSeqs}::jsonb ->> e.sender)::bigint, 0)
    and (e.occurred_at, e.sender, e.seq) > (coalesce(${last?.moment ?? null}::timestamptz, ${from}::timestamp at time zone ${FIGURES_ZONE}, '-infinity'), ${last?.sender ?? ''}, ${last?.seq ?? 0n}::bigint)
    and e.occurred_at < coalesce(${to}::timestamp at time zone ${FIGURES_ZONE}, 'infinity')
  order by e.occurred_at, e.sender, e.seq limit ${rowsMax}::int`;

const pageByNumber = (sql: Sql, { type, from, to, lastSeqs, last, rowsMax }: PageAsked): Promise<Row[]> => sql.$queryRaw<Row[]>`
  select e.type, to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS') || 'Z' as "occurredAt", e.body, e.sender, e.seq, e.occurred_at::text as moment
  from audit.event e
  where e.type = ${type} and e.seq <= coalesce((${lastSeqs}::jsonb ->> e.sender)::bigint, 0)
    and (e.sender, e.seq) > (${last?.sender ?? ''}, ${last?.seq ?? 0n}::bigint)
    and e.occurred_at >= coalesce(${from}::timestamp at time zone ${FIGURES_ZONE}, '-infinity') and e.occurred_at < coalesce(${to}::timestamp at time zone ${FIGURES_ZONE}, 'infinity')
  order by e.sender, e.seq limit ${rowsMax}::int`;

/** Whether what places waited has its place in what is counted. */
export async function isMeasured(sql: Sql, month: Month, { lastSeqs }: Counted): Promise<boolean> {
  const [row] = await sql.$queryRaw<{ measured: boolean }[]>`
    select exists (select from audit.event where type = 'time_to_pay.measured.v1' and body ->> 'month' = ${month}::text
      and seq <= coalesce((${JSON.stringify(lastSeqs)}::jsonb ->> sender)::bigint, 0)) as measured`;
  return row!.measured;
}

/** The moment of the first activation or redemption of what is counted; undefined: there is none. */
export async function firstFlowAt(sql: Sql, { lastSeqs }: Counted): Promise<Date | undefined> {
  const [row] = await sql.$queryRaw<{ at: Date | null }[]>`
    select min(f.at) as at from unnest('{range.activated.v1,voucher.redeemed.v1}'::text[]) flow(type) cross join lateral (
      select e.occurred_at as at from audit.event e
      where e.type = flow.type and e.seq <= coalesce((${JSON.stringify(lastSeqs)}::jsonb ->> e.sender)::bigint, 0) order by e.occurred_at limit 1) f`;
  return row!.at ?? undefined;
}
