// How fast do redemptions become claim lines? Messages as tills leave them, two hundred to a row of the outbox, of many places in turn.
// Settlement's own speed: redemption has numbered them all, both run, each as the process that it is where services are apart, and measured
// is from the first batch that settlement has taken to the last, through the sending relay, queue and inbox. Beside it the whole platform
// in one process, from the outbox on, where issuance and audit take the same ones.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { VoucherRedeemedV1 } from '#libs/contracts';
import { ServiceProcess } from '../chaos/service-process.js';
import type { QueueKind } from '../demo/stage.js';
import { freePort } from '../free-port.js';
import { startPrivateRedis } from '../private-redis.js';
import { rootDir } from '../root-dir.js';
import { openBenchStage, type BenchStage } from './bench-stage.js';
import { openBenchScheme } from './issuance-scheme.js';
import { makeSpendable } from './spendable-batch.js';

const BATCH_VOUCHERS = 1_000;
const PLACES = 1_000;
/** As many as one batch of a till holds. */
const MESSAGES_PER_ROW = 200;
const LOOK_MS = 20;
const LOOKS_MAX = 500;

export type AccrualSetting = Readonly<{ queue: QueueKind; lines: number; who: 'redemption and settlement' | 'the whole platform' }>;

/** Lines per second. Throws when a line is missing at the end. */
export async function measureAccrual({ queue, lines, who }: AccrualSetting): Promise<number> {
  const stage = await openBenchStage();
  const admin = new pg.Client({ connectionString: stage.adminUrl });
  await admin.connect();
  const redis = queue === 'redis' ? await startPrivateRedis() : undefined;
  const env: Readonly<Record<string, string>> = redis ? { REDIS_URL: redis.url } : {};
  try {
    const scheme = await openBenchScheme(stage, env);
    const ending = [() => scheme.close()];
    try {
      const { batchId } = await makeSpendable(scheme, BATCH_VOUCHERS);
      await openPlaces(admin);
      const before = await quietSeq(admin);
      const leave = () => leaveMessages(admin, batchId.replace(/^bat_/, ''), lines);
      if (who === 'the whole platform') {
        await leave();
        return await perSecond(admin, { before, lines });
      }
      await ending.pop()!();
      ending.push(await startAlone('redemption', stage, env));
      await leave();
      while (await numberedSeq(admin) < before + lines) await sleep(LOOK_MS);
      ending.push(await startAlone('settlement', stage, env));
      return await perSecond(admin, { before, lines, fromFirst: true });
    } finally {
      for (const end of ending.reverse()) await end();
    }
  } finally {
    await redis?.stop();
    await admin.end();
    await stage.close();
  }
}

type Awaited = Readonly<{
  before: number; lines: number;
  /** The clock starts with the first batch that was taken, whose lines are not counted: by then settlement has started. */
  fromFirst?: boolean;
}>;

async function perSecond(admin: pg.Client, { before, lines, fromFirst = false }: Awaited): Promise<number> {
  let first = before;
  while (fromFirst && first === before) first = await takenSeq(admin);
  const began = performance.now();
  while (await takenSeq(admin) < before + lines) await sleep(LOOK_MS);
  // Other messages of redemption have numbers among them: the last lines may be a batch away.
  let accrued = await accruedAfter(admin, before);
  for (let looks = 1; accrued.lines < lines && looks < LOOKS_MAX; looks += 1) {
    await sleep(LOOK_MS);
    accrued = await accruedAfter(admin, before);
  }
  const seconds = (performance.now() - began) / 1_000;
  if (accrued.lines !== lines || accrued.posted !== lines) {
    throw new Error(`${lines} redemptions were told: ${accrued.lines} lines are there, ${accrued.posted} posted`);
  }
  return Math.round((before + lines - first) / seconds);
}

async function accruedAfter(admin: pg.Client, seq: number): Promise<Readonly<{ lines: number; posted: number }>> {
  const { rows: [row] } = await admin.query<{ lines: number; posted: number }>(
    `select count(*)::int as lines, count(t.event_id)::int as posted from settlement.claim_line c
     left join settlement.transfer t on t.event_id = c.redemption_id and t.amount = c.gross where c.source_seq > $1`, [seq]);
  return row!;
}

/** The program of one service of a platform whose services are apart. What it answers ends it. */
async function startAlone(name: string, stage: BenchStage, more: Readonly<Record<string, string>>): Promise<() => Promise<void>> {
  const url = `http://127.0.0.1:${await freePort()}`;
  const env = { PATH: process.env['PATH'] ?? '', ...stage.env, ...more, PORT: new URL(url).port, MEREAU_IDENTITY_URL: url, MEREAU_BASE_URL: url };
  const service = new ServiceProcess(rootDir(), name, env);
  service.start();
  await service.ready();
  return () => service.stop();
}

/** Places of as many payees, as settlement knows them once they were accredited. */
async function openPlaces(admin: pg.Client): Promise<void> {
  await admin.query('create table public.bench_place as select n, uuidv7() as place_id, uuidv7() as payee_id from generate_series(0, $1::int - 1) n', [PLACES]);
  await admin.query('insert into settlement.payee (id, created_at) select payee_id, now() from public.bench_place');
  await admin.query('insert into settlement.payee_site (place_id, payee_id, since) select place_id, payee_id, now() from public.bench_place');
}

/** Of one voucher after the other; the programme and the rules are those of the one redemption that was made. */
async function leaveMessages(admin: pg.Client, batchId: string, lines: number): Promise<void> {
  await admin.query(`
    with made as (select * from redemption.redemption order by id desc limit 1),
    told as (select g.n, uuidv7() as id, p.place_id from generate_series(0, $2::int - 1) g(n) join public.bench_place p on p.n = (g.n::bigint * 7919) % ${PLACES})
    insert into redemption.outbox (messages)
    select jsonb_agg(jsonb_build_object('id', t.id, 'type', $3::text, 'subject', 'redemption:' || t.id, 'subjectVersion', 1,
      'occurredAt', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'causationId', 'request:' || t.id, 'correlationId', 'bench',
      'actor', jsonb_build_object('kind', 'place', 'id', t.place_id),
      'body', $4::jsonb || jsonb_build_object('redemptionId', t.id, 'voucherId', t.id, 'programmeId', m.programme_id, 'batchId', $1::text,
        'placeId', t.place_id, 'siteId', t.place_id, 'amountCents', 1 + t.n % 5000, 'voucherIndex', t.n % $5::int, 'serviceDate', m.service_date,
        'custodyAccountId', b.custody_account_id)) order by t.n)
    from told t cross join made m join redemption.batch b on b.id = m.batch_id group by t.n / $6::int order by t.n / $6::int`,
  [batchId, lines, VoucherRedeemedV1.type, JSON.stringify(VoucherRedeemedV1.sample), BATCH_VOUCHERS, MESSAGES_PER_ROW]);
}

async function takenSeq(admin: pg.Client): Promise<number> {
  const { rows: [row] } = await admin.query<{ seq: string }>(`select contiguous_seq as seq from settlement.inbox_position where sender = 'redemption'`);
  return Number(row?.seq ?? 0);
}

/** Up to where redemption's messages have a number, and lie in batches that wait for their receivers. */
async function numberedSeq(admin: pg.Client): Promise<number> {
  const { rows: [row] } = await admin.query<{ seq: string }>('select last_seq as seq from redemption.relay_position');
  return Number(row!.seq);
}

/** What was taken when nothing more comes: what the scheme itself needed is no part of the figure. */
async function quietSeq(admin: pg.Client): Promise<number> {
  for (let seq = await takenSeq(admin); ;) {
    await sleep(1_000);
    const next = await takenSeq(admin);
    if (next === seq) return seq;
    seq = next;
  }
}
