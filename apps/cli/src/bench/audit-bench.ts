// How fast does the log grow: events that were kept get their place, their leaf and the nodes above, checked by the database.
// Held against one INSERT .. SELECT that hashes the same events in the server, without order, tree or check, in the same run.
import pg from 'pg';
import { databaseClock } from '#libs/kernel';
import { roleOf, urlAs } from '#libs/persistence';
import { rolePasswords } from '#libs/service';
import { openWork } from '../../../audit/src/audit.lifecycle.js';
import { Sealer } from '../../../audit/src/seal-events/sealer.js';
import type { BenchOptions } from './bench-options.js';
import { onBenchStage, type BenchStage } from './bench-stage.js';
import { median, timed } from './drive.js';

type Round = Readonly<{ seconds: number; referenceSeconds: number }>;
const REFERENCE = 'one INSERT .. SELECT of sha256 over the same events, in the server';
const SENDERS = ['issuance', 'redemption', 'settlement'] as const;

export async function runAuditBench({ rounds, events, json }: BenchOptions): Promise<void> {
  await onBenchStage(json, async ({ stage, admin, tell }) => {
    await keepEvents(admin, events);
    const measured: Round[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const referenceSeconds = await timed(() => hashBarely(admin));
      await emptyLog(admin);
      measured.push({ referenceSeconds, seconds: await timed(() => sealAll(stage, events)) });
      tell(`round ${round}: ${measured.at(-1)!.seconds.toFixed(2)} s, reference ${referenceSeconds.toFixed(2)} s`);
    }
    const figures = figuresOf(measured, events);
    return { figures, text: `${events} events sealed in ${figures.sealSeconds} s: ${figures.eventsPerSecond} a second, ratio ${figures.ratio} (${REFERENCE})` };
  });
}

/** As tills leave them, of three senders. */
async function keepEvents(admin: pg.Client, events: number): Promise<void> {
  for (const [at, sender] of SENDERS.entries()) {
    await admin.query(`
      insert into audit.event (sender, seq, id, type, subject, occurred_at, actor, causation_id, correlation_id, body)
      select $1, n, gen_random_uuid(), 'voucher.redeemed.v1', 'redemption:' || gen_random_uuid(), now(), jsonb_build_object('kind', 'place', 'id', gen_random_uuid()),
        'request:' || gen_random_uuid(), 'req-' || n, jsonb_build_object('redemptionId', gen_random_uuid(), 'voucherId', gen_random_uuid(), 'programmeId', gen_random_uuid(),
          'batchId', gen_random_uuid(), 'placeId', gen_random_uuid(), 'siteId', gen_random_uuid(), 'amountCents', n, 'currency', 'EUR', 'serviceDate', '2026-03-10')
      from generate_series(1, $2::int) n`, [sender, Math.floor((events + at) / SENDERS.length)]);
  }
  await admin.query('vacuum analyze audit.event');
}

/** What no service may do: the next round begins with a log of nothing. */
async function emptyLog(admin: pg.Client): Promise<void> {
  await admin.query(`
    begin; set local session_replication_role = replica;
    truncate audit.leaf, audit.tree_node, audit.sealing, audit.checkpoint;
    insert into audit.sealing (size, previous_size, root, sealed_at) values (0, null, sha256(''::bytea), now()); commit`);
}

async function hashBarely(admin: pg.Client): Promise<void> {
  await admin.query('drop table if exists bench_leaf; create table bench_leaf (log_index bigint primary key, hash bytea not null)');
  await admin.query(`insert into bench_leaf select row_number() over (order by sender, seq), sha256(convert_to(audit.leaf_json(e)::text, 'UTF8')) from audit.event e`);
}

/** By the service's own role, as its loop does it. Throws when the log did not get every event. */
async function sealAll(stage: BenchStage, events: number): Promise<void> {
  const role = roleOf('audit');
  const work = openWork({ databaseUrl: urlAs(stage.adminUrl, role, rolePasswords(stage.keyring)(role)), clock: databaseClock });
  try {
    const sealed = await new Sealer(work).sealPresent();
    if (sealed !== events) throw new Error(`${events} events are kept, ${sealed} were sealed`);
  } finally {
    await work.client.$disconnect();
  }
}

function figuresOf(rounds: readonly Round[], events: number) {
  const of = (figure: (round: Round) => number) => Number(median(rounds.map(figure)).toFixed(3));
  const sealSeconds = of(({ seconds }) => seconds);
  return {
    name: 'audit', events, rounds: rounds.length, reference: REFERENCE, ratio: of(({ seconds, referenceSeconds }) => referenceSeconds / seconds),
    sealSeconds, referenceSeconds: of((round) => round.referenceSeconds), eventsPerSecond: Math.round(events / sealSeconds),
  };
}
