// How fast does an order become vouchers that a till takes, and what is that worth against writing the same rows into the
// same table? Both in turn, round by round; then what it costs in memory, and what tills feel of it.
import os from 'node:os';
import pg from 'pg';
import { startPrivateRedis } from '../private-redis.js';
import type { BenchOptions } from './bench-options.js';
import { openBenchStage } from './bench-stage.js';
import { median, type Latencies } from './drive.js';
import { openBenchScheme, type BenchScheme } from './issuance-scheme.js';
import { machineOf, machineText, told, type Told } from './machine.js';
import { after, paceTills } from './paced-tills.js';
import { copyRaw, installReference, rowsOf, writeRandomly } from './raw-copy.js';
import { codesOf, makeSpendable, type SpendableBatch } from './spendable-batch.js';

/** What memory is compared with. */
const SMALL = 10_000;
const TILL_VOUCHERS = 1_000;

type Round = Readonly<{ ours: SpendableBatch; referenceSeconds: number; ratio: number }>;
type Bench = Readonly<{ options: BenchOptions; admin: pg.Client; setting: BenchScheme; folder: string; out: Told }>;

export async function runIssuanceBench(options: BenchOptions): Promise<void> {
  const stage = await openBenchStage();
  const admin = new pg.Client({ connectionString: stage.adminUrl });
  await admin.connect();
  const redis = options.queue === 'redis' ? await startPrivateRedis() : undefined;
  try {
    const setting = await openBenchScheme(stage, redis ? { REDIS_URL: redis.url } : {});
    try {
      await measure({ options, admin, setting, folder: stage.dataDir, out: told(options.json) });
    } finally {
      await setting.close();
    }
  } finally {
    await redis?.stop();
    await admin.end();
    await stage.close();
  }
}

async function measure(bench: Bench): Promise<void> {
  const { options: { vouchers, rounds: count, queue }, admin, setting, out } = bench;
  const machine = await machineOf(admin);
  out.tell(machineText(machine));
  out.tell(`${vouchers} vouchers, ${count} rounds, queue in ${queue}`);
  await makeSpendable(setting, SMALL);
  await installReference(admin);
  const smallMb = await setting.peakMb();
  await setting.restart();
  const rounds: Round[] = [];
  for (let number = 1; number <= count; number += 1) rounds.push(await playRound(bench, number));
  const rssGrowthMb = await setting.peakMb() - smallMb;
  const beside = await besideBatch(bench);
  const figures = {
    name: 'issuance', ratio: median(rounds.map(({ ratio }) => ratio)),
    reference: 'binary COPY of the same rows in random order into a table like redemption.voucher', rounds: count, machine, vouchers, queue,
    seconds: median(rounds.map(({ ours }) => ours.seconds)),
    referenceSeconds: median(rounds.map(({ referenceSeconds }) => referenceSeconds)),
    rssPeakMb: smallMb + rssGrowthMb, rssGrowthMb, ...beside, loadAverageAfter: Number(os.loadavg()[0]!.toFixed(1)),
  };
  out.conclude(figures, reportOf(figures));
}

async function playRound({ options: { vouchers }, admin, setting, folder, out }: Bench, number: number): Promise<Round> {
  // Each begins with its WAL behind a checkpoint.
  await admin.query('checkpoint');
  const ours = await makeSpendable(setting, vouchers);
  const made = await rowsOf(admin, 'redemption', ours.batchId);
  const file = await writeRandomly(admin, ours.batchId, folder);
  await admin.query('checkpoint');
  const referenceSeconds = await copyRaw(admin, file);
  const copied = await rowsOf(admin, 'bench', ours.batchId);
  // A figure over other rows is worth nothing.
  if (made !== vouchers || copied !== made) throw new Error(`${vouchers} vouchers were ordered, ${made} made, ${copied} copied`);
  const ratio = referenceSeconds / ours.seconds;
  const steps = Object.entries(ours.steps).map(([step, at]) => `${step} ${at.toFixed(1)}`).join(', ');
  out.tell(`round ${number} (load ${os.loadavg()[0]!.toFixed(1)}): ${ours.seconds.toFixed(1)} s (${steps}), COPY ${referenceSeconds.toFixed(1)} s, ratio ${ratio.toFixed(2)}`);
  return { ours, referenceSeconds, ratio };
}

type Beside = Readonly<{ p99BesideRatio: number; alone: Latencies; beside: Latencies }>;

async function besideBatch({ options: { vouchers, seconds }, setting, out }: Bench): Promise<Beside> {
  const { people: { operator }, till, today } = setting;
  const { batchId } = await makeSpendable(setting, TILL_VOUCHERS);
  const tills = { till, codes: (await codesOf(operator, batchId, TILL_VOUCHERS)).map(({ code }) => code), serviceDate: today };
  // Once without counting.
  await paceTills(tills, after(1));
  const alone = await paceTills(tills, after(seconds));
  const beside = await paceTills(tills, makeSpendable(setting, vouchers));
  out.tell(`tills alone p99 ${alone.p99Ms.toFixed(1)} ms, beside a batch ${beside.p99Ms.toFixed(1)} ms`);
  return { p99BesideRatio: beside.p99Ms / alone.p99Ms, alone, beside };
}

type Figures = Beside & Readonly<{
  ratio: number; rounds: number; vouchers: number; seconds: number; referenceSeconds: number; rssPeakMb: number; rssGrowthMb: number;
}>;

const reportOf = ({ ratio, rounds, vouchers, seconds, referenceSeconds, rssPeakMb, rssGrowthMb, p99BesideRatio }: Figures): string => [
  '', `medians of ${rounds} rounds of ${vouchers} vouchers, from the order to the till`,
  `${seconds.toFixed(1)} s, ${Math.round(vouchers / seconds)}/s; raw COPY in random order ${referenceSeconds.toFixed(1)} s; ratio ${ratio.toFixed(2)}`,
  `peak memory ${rssPeakMb.toFixed(0)} MB, ${rssGrowthMb.toFixed(0)} MB above that of ${SMALL} vouchers`,
  `p99 of tills beside a running batch: ${p99BesideRatio.toFixed(1)} times that of tills alone`,
].join('\n');
