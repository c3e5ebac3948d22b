// How fast do committed events reach the queue, how long are they on their way, and is one ever missed? On both queues: a backlog
// against bare `addBulk` of as many jobs; 1,000 events a second end to end; sixteen writers who commit late and out of order.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { addBulkBarely } from '#libs/testing';
import type { QueueKind } from '../demo/stage.js';
import { hasRedisServer, startPrivateRedis } from '../private-redis.js';
import type { BenchOptions } from './bench-options.js';
import { openBenchStage, type BenchStage } from './bench-stage.js';
import { median } from './drive.js';
import { machineOf, machineText, told } from './machine.js';
import { bodyOf, openReceiver, openSender, stored, urlOf } from './relay-parts.js';

/** One window of the relay: what it puts into a queue before anybody acknowledges (50 batches of 500). */
const BACKLOG = 25_000;
const PER_CALL = 1_000;
const REFERENCE = `bare addBulk(${PER_CALL}) of as many jobs, one event each`;
/** A thousand events a second, as a hundred transactions of ten. */
const [PACE_MS, PER_TRANSACTION, PACED_SECONDS] = [10, 10, 15];
const WRITERS = 16;
const LATE_MS_MAX = 30;
const ARRIVES_MS = 60_000;

type Paced = Readonly<{ perSecond: number; p50Ms: number; p99Ms: number }>;
type Late = Readonly<{ written: number; missed: number; doubled: number }>;
type Figures = Paced & Late & Readonly<{ ratio: number; eventsPerSecond: number; addBulkPerSecond: number }>;
type Place = Readonly<{ stage: BenchStage; admin: pg.Client; redisUrl: string | undefined }>;

export async function runRelayBench({ rounds, seconds, json }: BenchOptions): Promise<void> {
  const { tell, conclude } = told(json);
  const kinds: QueueKind[] = hasRedisServer() ? ['redis', 'postgres'] : ['postgres'];
  const backends: Partial<Record<QueueKind, Figures>> = {};
  let machine;
  for (const kind of kinds) {
    await onNewStage(kind, async (place) => {
      machine ??= await machineOf(place.admin);
      const found = await measure(place, { rounds, seconds });
      backends[kind] = found;
      tell(`${machineText(await machineOf(place.admin))}\n${textOf(kind, found)}`);
    });
  }
  const first = backends[kinds[0]!]!;
  const { ratio, p50Ms, p99Ms } = first;
  const missed = Object.values(backends).reduce((all, one) => all + one.missed, 0);
  conclude({ name: 'relay', queue: kinds[0], ratio, reference: REFERENCE, p50Ms, p99Ms, missed, rounds, backends, machine },
    kinds.length === 1 ? 'no redis-server in the PATH: the queue in Redis is not measured' : `${missed} events missed`);
}

async function onNewStage(kind: QueueKind, work: (place: Place) => Promise<void>): Promise<void> {
  const stage = await openBenchStage();
  const redis = kind === 'redis' ? await startPrivateRedis() : undefined;
  const admin = new pg.Client({ connectionString: stage.adminUrl });
  await admin.connect();
  try {
    await work({ stage, admin, redisUrl: redis?.url });
  } finally {
    await admin.end();
    await redis?.stop();
    await stage.close();
  }
}

async function measure(place: Place, { rounds, seconds }: Readonly<{ rounds: number; seconds: number }>): Promise<Figures> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const target = place.redisUrl ? { redisUrl: place.redisUrl } : { adminUrl: place.stage.adminUrl };
    bare.push(await addBulkBarely(target, { count: BACKLOG, perCall: PER_CALL, data: bodyOf(0) }));
    ours.push(await drainBacklog(place));
  }
  const paced = await pacedLatency(place);
  const lost = await lateWriters(place, seconds);
  return {
    ratio: round2(median(ours.map((one, at) => one / bare[at]!))),
    eventsPerSecond: Math.round(median(ours)), addBulkPerSecond: Math.round(median(bare)),
    ...paced, ...lost,
  };
}

/** Rows wait, one event each; a relay starts, and is done when the last of them is in the queue. Events a second. */
async function drainBacklog({ stage, admin, redisUrl }: Place): Promise<number> {
  const rows = Array.from({ length: BACKLOG }, (_, n) => JSON.stringify([stored(n)]));
  await admin.query('insert into issuance.outbox (messages) select m::jsonb from unnest($1::text[]) m', [rows]);
  await admin.query('analyze issuance.outbox');
  const sender = await openSender(stage, redisUrl, false);
  const began = performance.now();
  try {
    await sender.messaging.start();
    for (;;) {
      const { rows: [row] } = await admin.query<{ done: boolean }>(`select not exists (select from issuance.outbox)
        and not exists (select from issuance.sent_batch where sent_at is null) as done`);
      if (row!.done) return BACKLOG / ((performance.now() - began) / 1_000);
      await sleep(5);
    }
  } finally {
    const receiver = await openReceiver(stage, redisUrl);
    await arrived(() => sender.messaging.idle());
    await sender.close();
    await receiver.close();
  }
}

/** From the commit of the sender to the commit of the receiver. A machine that cannot keep the pace tells the one that it kept. */
async function pacedLatency({ stage, redisUrl }: Place): Promise<Paced> {
  const [sender, receiver] = [await openSender(stage, redisUrl, true), await openReceiver(stage, redisUrl)];
  const client = new pg.Client({ connectionString: urlOf(stage, 'issuance') });
  await client.connect();
  const said = new Map<number, number>();
  const began = performance.now();
  for (let next = 0; performance.now() - began < PACED_SECONDS * 1_000; next += PER_TRANSACTION) {
    const numbers = Array.from({ length: PER_TRANSACTION }, (_, at) => next + at);
    await client.query('insert into issuance.outbox (messages) values ($1::jsonb)', [JSON.stringify(numbers.map(stored))]);
    const at = performance.now();
    for (const n of numbers) said.set(n, at);
    sender.messaging.wake();
    const early = began + ((next + PER_TRANSACTION) / PER_TRANSACTION) * PACE_MS - at;
    if (early > 0) await sleep(early);
  }
  const perSecond = Math.round(said.size / ((performance.now() - began) / 1_000));
  await arrived(async () => receiver.taken.size === said.size);
  const late = [...said].map(([n, at]) => Math.max(0, receiver.taken.get(n)! - at)).sort((a, b) => a - b);
  await client.end();
  await sender.close();
  await receiver.close();
  const [p50Ms, p99Ms] = [0.5, 0.99].map((part) => round2(late[Math.floor(late.length * part)]!));
  return { perSecond, p50Ms: p50Ms!, p99Ms: p99Ms! };
}

/** Each draws its place in the outbox, sleeps, and commits after others that came later. */
async function lateWriters({ stage, redisUrl }: Place, seconds: number): Promise<Late> {
  const [sender, receiver] = [await openSender(stage, redisUrl, true), await openReceiver(stage, redisUrl)];
  const end = performance.now() + seconds * 1_000;
  let next = 0;
  const write = async () => {
    const client = new pg.Client({ connectionString: urlOf(stage, 'issuance') });
    await client.connect();
    while (performance.now() < end) {
      const n = next++;
      await client.query('begin');
      await client.query('insert into issuance.outbox (messages) values ($1::jsonb)', [JSON.stringify([stored(n)])]);
      await client.query('select pg_sleep($1::float8 / 1000)', [1 + (n * 7) % LATE_MS_MAX]);
      await client.query('commit');
    }
    await client.end();
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
  await arrived(async () => receiver.taken.size >= next).catch(() => undefined);
  const missed = next - receiver.taken.size;
  await sender.close();
  await receiver.close();
  return { written: next, missed, doubled: receiver.doubled() };
}

async function arrived(isThere: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + ARRIVES_MS;
  while (!(await isThere())) {
    if (performance.now() > deadline) throw new Error('what was sent did not arrive within a minute');
    await sleep(10);
  }
}

const round2 = (value: number): number => Number(value.toFixed(2));
const textOf = (kind: QueueKind, {
  ratio, eventsPerSecond, addBulkPerSecond, perSecond, p50Ms, p99Ms, written, missed, doubled,
}: Figures): string => [
  `queue in ${kind}: ${eventsPerSecond} events/s of a backlog, bare addBulk ${addBulkPerSecond}, ratio ${ratio}`,
  `  ${perSecond} events/s end to end: p50 ${p50Ms} ms, p99 ${p99Ms} ms`,
  `  ${WRITERS} late writers: ${written} events, ${missed} missed, ${doubled} taken twice`,
].join('\n');
