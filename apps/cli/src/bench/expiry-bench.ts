// How long does a batch take to expire, chunk by chunk with its messages and postings, and what do tills of other vouchers
// notice of it? Held against one bare UPDATE of as many rows of the same table, in the same run and each in its turn.
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { cents, databaseClock, dayIn, idOf, isRejected, ZERO, type ExpiryRunId } from '#libs/kernel';
import { ExpiryRunner } from '../../../redemption/src/expire-batch/expiry-runner.js';
import { openWork } from '../../../redemption/src/redemption.lifecycle.js';
import { openCollector } from '../../../redemption/src/till/open-collector.js';
import type { BenchOptions } from './bench-options.js';
import { onBenchStage, type BenchStage } from './bench-stage.js';
import { latenciesOf, median, timed } from './drive.js';
import { endedBatch, openRun } from './ended-batch.js';
import { seedVouchers, type SeededTills } from './seed-vouchers.js';

type Round = Readonly<{ seconds: number; referenceSeconds: number; p99AloneMs: number; p99BesideMs: number }>;

const TILL_VOUCHERS = 20_000;
/** What a busy afternoon asks of all tills of a region together. */
const REDEMPTIONS_PER_SECOND = 50;
const REFERENCE = 'one UPDATE of as many rows of the same table, in one transaction';

export async function runExpiryBench({ rounds, seconds, vouchers, json }: BenchOptions): Promise<void> {
  await onBenchStage(json, async ({ stage, admin, tell }) => {
    const tills = await openTills(stage, await seedVouchers(stage.adminUrl, stage.keyring, [{ known: TILL_VOUCHERS }]));
    const measured: Round[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      measured.push(await measure({ stage, admin, tills, vouchers, seconds }));
      tell(`round ${round}: ${roundText(measured.at(-1)!)}`);
    }
    await tills.close();
    await conservation(admin);
    const figures = figuresOf(measured, vouchers);
    return { figures, text: figuresText(figures) };
  });
}

type Setting = Readonly<{ stage: BenchStage; admin: pg.Client; tills: Tills; vouchers: number; seconds: number }>;

async function measure({ stage, admin, tills, vouchers, seconds }: Setting): Promise<Round> {
  const [bare, real] = [await endedBatch(admin, vouchers), await endedBatch(admin, vouchers)];
  await admin.query('vacuum analyze redemption.voucher');
  await admin.query('checkpoint');
  const referenceSeconds = await timed(() => admin.query(
    'update redemption.voucher set expired = expired + balance, balance = 0 where batch_id = $1 and balance > 0', [bare]));
  const alone = await tills.pace(after(seconds));
  await admin.query('checkpoint');
  const runId = await openRun(admin, real);
  let took = 0;
  const beside = await tills.pace(expire(stage, runId).then((ran) => { took = ran; }));
  // The next round has as many rows as this one, and the books of the bare rows say nothing.
  await admin.query('set session_replication_role = replica');
  await admin.query('delete from redemption.voucher where batch_id = any($1)', [[bare, real]]);
  await admin.query('set session_replication_role = origin');
  return { seconds: took, referenceSeconds, p99AloneMs: alone, p99BesideMs: beside };
}

async function expire(stage: BenchStage, runId: ExpiryRunId): Promise<number> {
  const work = openWork({ databaseUrl: stage.redemptionUrl, clock: databaseClock });
  const runner = new ExpiryRunner(work);
  try {
    return await timed(async () => { while (await runner.step(runId)); });
  } finally {
    await work.client.$disconnect();
  }
}

type Tills = Readonly<{
  /** Until `ended` resolves; the 99th percentile, in ms from the moment at which each redemption was due. */
  pace(ended: Promise<unknown>): Promise<number>;
  close(): Promise<void>;
}>;

async function openTills(stage: BenchStage, { batches: [batch], placeId }: SeededTills): Promise<Tills> {
  const log = { error: (fields: object) => console.error(fields) };
  const collector = openCollector(stage.redemptionUrl, { clock: databaseClock, log });
  const serviceDate = dayIn('Europe/Paris', new Date());
  const redeem = async (number: number) => {
    const answer = await collector.submit({
      redemptionId: idOf('redemption', uuidv7()), codeMacs: [batch!.macs[(number * 7_919) % TILL_VOUCHERS]!], placeId, serviceDate, amount: cents(1),
      coPayment: ZERO, correlationId: 'bench',
    });
    if (isRejected(answer)) throw new Error(`a till was answered ${answer.code}`);
  };
  let number = 0;
  return {
    pace: (ended) => pace(() => redeem(number += 1), ended),
    close: () => collector.stop(),
  };
}

/** Each redemption has its moment, and an answer that comes late does not make the next one later. */
async function pace(redeem: () => Promise<void>, ended: Promise<unknown>): Promise<number> {
  let running = true;
  const over = ended.finally(() => { running = false; });
  const [latencies, underway, began] = [[] as number[], [] as Promise<void>[], performance.now()];
  for (let number = 0; running; number += 1) {
    const due = began + (number * 1_000) / REDEMPTIONS_PER_SECOND;
    const early = due - performance.now();
    if (early > 0) await after(early / 1_000);
    underway.push(redeem().then(() => { latencies.push(performance.now() - due); }));
  }
  await Promise.all([over, ...underway]);
  return latenciesOf(latencies).p99Ms;
}

const after = (seconds: number): Promise<void> => new Promise((resume) => { setTimeout(resume, seconds * 1_000); });

/** A figure of a run that lost a cent is worth nothing. */
async function conservation(admin: pg.Client): Promise<void> {
  const { rows: [row] } = await admin.query<{ open: string; chunks: string; posted: string; told: string }>(
    `select (select count(*) from redemption.expiry_run where finished_at is null) as open,
       (select coalesce(sum(amount), 0) from redemption.expiry_chunk) as chunks,
       (select coalesce(sum(amount), 0) from redemption.transfer where rule = '22') as posted,
       (select coalesce(sum((m -> 'body' ->> 'amountCents')::bigint), 0) from redemption.outbox, jsonb_array_elements(messages) m
         where m ->> 'type' = 'voucher.expired_chunk.v1') as told`);
  const { open, chunks, posted, told } = row!;
  if (open !== '0' || chunks !== posted || chunks !== told) throw new Error(`cents do not agree: chunks ${chunks}, posted ${posted}, told ${told}; open runs ${open}`);
}

function figuresOf(rounds: readonly Round[], vouchers: number) {
  const of = (figure: (round: Round) => number) => Number(median(rounds.map(figure)).toFixed(3));
  return {
    name: 'expiry', vouchers, rounds: rounds.length, reference: REFERENCE,
    ratio: of(({ seconds, referenceSeconds }) => referenceSeconds / seconds), seconds: of((round) => round.seconds),
    referenceSeconds: of((round) => round.referenceSeconds),
    p99AloneMs: of((round) => round.p99AloneMs), p99BesideMs: of((round) => round.p99BesideMs),
  };
}

const figuresText = (figures: ReturnType<typeof figuresOf>): string => [
  '', `${figures.vouchers} vouchers, medians of ${figures.rounds} rounds; ratio: rows per second, ours to ${figures.reference}`,
  `expired in ${figures.seconds} s, reference ${figures.referenceSeconds} s, ratio ${figures.ratio}`,
  `${REDEMPTIONS_PER_SECOND} redemptions a second beside it: p99 ${figures.p99BesideMs} ms, alone ${figures.p99AloneMs} ms`,
  'conservation: what the chunks took was posted and told, to the cent',
].join('\n');

const roundText = ({ seconds, referenceSeconds, p99AloneMs, p99BesideMs }: Round): string =>
  `${seconds.toFixed(1)} s, reference ${referenceSeconds.toFixed(1)} s, p99 ${p99BesideMs.toFixed(1)} ms beside, ${p99AloneMs.toFixed(1)} ms alone`;
