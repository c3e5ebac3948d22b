// What redemptions cost the server: WAL, fsyncs, processor time, and the rows they left. Read before and after a run.
import { readFileSync } from 'node:fs';
import type pg from 'pg';

/** Counters of the server at one moment. `ticks`: of the till's backend, a hundredth of a second each on Linux; null elsewhere. */
type Moment = Rows & Readonly<{ lsn: string; fsyncs: number; ticks: number | null }>;
export type Rows = Readonly<{ redemptions: number; transfers: number; messages: number }>;

/** Per redemption. WAL without the images of whole pages that follow a checkpoint; those are told beside it. */
export type Costs = Readonly<{
  rows: Rows; walBytesPerRedemption: number; fullPageBytesPerRedemption: number; fsyncsPerRedemption: number;
  cpuMicrosPerRedemption: number | null;
}>;

export const MICROS_PER_TICK = 10_000;

/** Of a server with nothing else to do. The function that reads WAL is made here, in the bench's own database. */
export async function costsOf<Result>(admin: pg.Client, run: () => Promise<Result>): Promise<{ result: Result; costs: Costs }> {
  await admin.query('create extension if not exists pg_walinspect');
  const before = await momentOf(admin);
  const result = await run();
  const after = await momentOf(admin);
  const { rows: [wal] } = await admin.query<{ records: string; images: string }>(
    'select sum(record_size) as records, sum(fpi_size) as images from pg_get_wal_stats($1, $2)', [before.lsn, after.lsn]);
  const more = (name: keyof Rows): number => after[name] - before[name];
  const rows = { redemptions: more('redemptions'), transfers: more('transfers'), messages: more('messages') };
  const each = (total: number): number => Number((total / rows.redemptions).toFixed(3));
  return {
    result,
    costs: {
      rows, walBytesPerRedemption: Math.round(each(Number(wal!.records))),
      fullPageBytesPerRedemption: Math.round(each(Number(wal!.images))),
      fsyncsPerRedemption: each(after.fsyncs - before.fsyncs),
      cpuMicrosPerRedemption: before.ticks === null || after.ticks === null ? null : each((after.ticks - before.ticks) * MICROS_PER_TICK),
    },
  };
}

async function momentOf(admin: pg.Client): Promise<Moment> {
  // A backend tells its counts at most once a second, and the till's when it next works or waits: both ends lag alike.
  const { rows: [row] } = await admin.query<Record<keyof Rows | 'lsn' | 'fsyncs', string> & { pids: number[] }>(
    `select pg_current_wal_insert_lsn() as lsn,
       (select coalesce(sum(fsyncs), 0) from pg_stat_io where object = 'wal') as fsyncs,
       (select count(*) from redemption.redemption) as redemptions,
       (select count(*) from redemption.transfer where rule = '7') as transfers,
       (select coalesce(sum(jsonb_array_length(messages)), 0) from redemption.outbox) as messages,
       (select coalesce(array_agg(pid), '{}') from pg_stat_activity where usename = 'mereau_redemption') as pids`);
  const { lsn, fsyncs, redemptions, transfers, messages, pids } = row!;
  return {
    lsn, fsyncs: Number(fsyncs), redemptions: Number(redemptions), transfers: Number(transfers), messages: Number(messages),
    ticks: ticksOf(pids),
  };
}

/** User and system time of processes, fields 14 and 15 of proc(5); null where there is no /proc. */
export function ticksOf(pids: readonly number[]): number | null {
  try {
    return pids.map((pid) => {
      const afterName = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)!.split(' ');
      return Number(afterName[11]) + Number(afterName[12]);
    }).reduce((all, one) => all + one, 0);
  } catch {
    return null;
  }
}

/** Two ways are compared only where each left one transfer and one message per redemption. */
export const isSameWork = (...ways: readonly Rows[]): boolean =>
  ways.every(({ redemptions, transfers, messages }) => redemptions > 0 && transfers === redemptions && messages === redemptions);
