// How fast does the log grow: events arrive and are kept, with the hash of their leaf; then they get their places, and the nodes
// above, checked by the database. Sealing is held against one INSERT .. SELECT that hashes the same events in the server, without
// order, tree or check, in the same run. Beside both stands the time of processors, because a machine is shared.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { databaseClock } from '#libs/kernel';
import type { Envelope } from '#libs/contracts';
import { roleOf, urlAs } from '#libs/persistence';
import { rolePasswords } from '#libs/service';
import { openWork } from '../../../audit/src/audit.lifecycle.js';
import type { AuditWork } from '../../../audit/src/audit.work.js';
import { keepEvents } from '../../../audit/src/keep-event/event.store.js';
import { Sealer } from '../../../audit/src/seal-events/sealer.js';
import type { BenchOptions } from './bench-options.js';
import { onBenchStage } from './bench-stage.js';
import { MICROS_PER_TICK, ticksOf } from './costs.js';
import { median, timed } from './drive.js';

type Cost = Readonly<{ seconds: number; cpuSeconds: number | null }>;
type Round = Cost & Readonly<{ referenceSeconds: number }>;
const REFERENCE = 'one INSERT .. SELECT of sha256 over the same events, in the server';
const SENDERS = ['issuance', 'redemption', 'settlement'] as const;
/** As many messages as a full batch of the relay has. */
const ARRIVE_TOGETHER = 500;

export async function runAuditBench({ rounds, events, json }: BenchOptions): Promise<void> {
  await onBenchStage(json, async ({ stage, admin, tell }) => {
    const role = roleOf('audit');
    const work = openWork({ databaseUrl: urlAs(stage.adminUrl, role, rolePasswords(stage.keyring)(role)), clock: databaseClock });
    try {
      const arrival = await keepAll(admin, work, events);
      tell(`${events} events kept in ${arrival.seconds.toFixed(1)} s`);
      await admin.query('vacuum analyze audit.event');
      const measured: Round[] = [];
      for (let round = 1; round <= rounds; round += 1) {
        const referenceSeconds = await timed(() => hashBarely(admin));
        await emptyLog(admin);
        measured.push({ referenceSeconds, ...await costOf(admin, () => sealAll(work, events)) });
        tell(`round ${round}: ${measured.at(-1)!.seconds.toFixed(2)} s, reference ${referenceSeconds.toFixed(2)} s`);
      }
      const figures = figuresOf(measured, events, arrival);
      return { figures, text: `${events} events sealed in ${figures.sealSeconds} s: ${figures.eventsPerSecond} a second, ratio ${figures.ratio} (${REFERENCE})` };
    } finally {
      await work.client.$disconnect();
    }
  });
}

/** As tills leave them, of three senders, in batches as the relay cuts them. Only what audit does is timed. */
async function keepAll(admin: pg.Client, work: AuditWork, events: number): Promise<Cost> {
  let [seconds, cpuSeconds]: [number, number | null] = [0, 0];
  for (const [at, sender] of SENDERS.entries()) {
    const count = Math.floor((events + at) / SENDERS.length);
    for (let first = 1; first <= count; first += ARRIVE_TOGETHER) {
      const messages = Array.from({ length: Math.min(ARRIVE_TOGETHER, count - first + 1) }, (_, n) => redeemed(first + n));
      const cost = await costOf(admin, () => work.transaction(
        { actor: { kind: 'service', id: sender }, correlationId: 'bench', causationId: null }, (tx) => keepEvents(tx, sender, messages)));
      seconds += cost.seconds;
      cpuSeconds = cpuSeconds === null || cost.cpuSeconds === null ? null : cpuSeconds + cost.cpuSeconds;
    }
  }
  return { seconds, cpuSeconds };
}

function redeemed(seq: number): Envelope {
  const body = {
    redemptionId: randomUUID(), voucherId: randomUUID(), programmeId: randomUUID(), batchId: randomUUID(), placeId: randomUUID(),
    siteId: randomUUID(), amountCents: seq, currency: 'EUR', serviceDate: '2026-03-10',
  };
  return {
    id: uuidv7(), seq, type: 'voucher.redeemed.v1', subject: `redemption:${body.redemptionId}`, subjectVersion: 1,
    occurredAt: new Date().toISOString(), actor: { kind: 'place', id: randomUUID() }, causationId: `request:${randomUUID()}`, correlationId: `req-${seq}`, body,
  };
}

/** Seconds, and those of processors: of this process and of audit's connections. */
async function costOf(admin: pg.Client, run: () => Promise<unknown>): Promise<Cost> {
  const before = [process.cpuUsage(), await auditTicks(admin)] as const;
  const seconds = await timed(run);
  const { user, system } = process.cpuUsage(before[0]);
  const ticks = await auditTicks(admin);
  const cpuSeconds = before[1] === null || ticks === null ? null : (user + system + (ticks - before[1]) * MICROS_PER_TICK) / 1_000_000;
  return { seconds, cpuSeconds };
}

async function auditTicks(admin: pg.Client): Promise<number | null> {
  const { rows } = await admin.query<{ pid: number }>('select pid from pg_stat_activity where usename = $1', [roleOf('audit')]);
  return ticksOf(rows.map(({ pid }) => pid));
}

/** What no service may do: the next round begins with a log of nothing. */
async function emptyLog(admin: pg.Client): Promise<void> {
  await admin.query(`
    begin; set local session_replication_role = replica;
    truncate audit.sealed_stretch, audit.tree_node, audit.sealing cascade;
    insert into audit.sealing (size, previous_size, root, sealed_at) values (0, null, sha256(''::bytea), now()); commit`);
}

async function hashBarely(admin: pg.Client): Promise<void> {
  await admin.query('drop table if exists bench_leaf; create table bench_leaf (log_index bigint primary key, hash bytea not null)');
  await admin.query(`insert into bench_leaf select row_number() over (order by sender, seq), sha256(convert_to(audit.leaf_json(e)::text, 'UTF8')) from audit.event e`);
}

/** By the service's own role, as its loop does it. Throws when the log did not get every event. */
async function sealAll(work: AuditWork, events: number): Promise<void> {
  const sealed = await new Sealer(work).sealPresent();
  if (sealed !== events) throw new Error(`${events} events are kept, ${sealed} were sealed`);
}

function figuresOf(rounds: readonly Round[], events: number, arrival: Cost) {
  const of = (figure: (round: Round) => number) => Number(median(rounds.map(figure)).toFixed(3));
  const sealSeconds = of(({ seconds }) => seconds);
  const micros = (cpuSeconds: number | null) => (cpuSeconds === null ? null : Number((cpuSeconds * 1_000_000 / events).toFixed(1)));
  return {
    name: 'audit', events, rounds: rounds.length, reference: REFERENCE, ratio: of(({ seconds, referenceSeconds }) => referenceSeconds / seconds),
    sealSeconds, referenceSeconds: of((round) => round.referenceSeconds), eventsPerSecond: Math.round(events / sealSeconds),
    cpuMicrosPerEvent: micros(rounds.some(({ cpuSeconds }) => cpuSeconds === null) ? null : of(({ cpuSeconds }) => cpuSeconds!)),
    arrivalPerSecond: Math.round(events / arrival.seconds), arrivalCpuMicrosPerEvent: micros(arrival.cpuSeconds),
  };
}
