// How fast can tills be served, and what is that worth against one transaction per redemption on the same server in the
// same minutes? Ways are alternated and compared within each round: a neighbour of this machine slows whole rounds.
import { randomUUID } from 'node:crypto';
import os from 'node:os';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { cents, databaseClock, dayIn, idOf, isRejected, ZERO } from '#libs/kernel';
import { openCollector } from '../../../redemption/src/till/open-collector.js';
import type { BenchOptions } from './bench-options.js';
import { openBenchStage, type BenchStage } from './bench-stage.js';
import { ask, child } from './child-process.js';
import { drive, median, type Figure } from './drive.js';
import { startLocalIdentity } from './local-identity.js';
import { machineOf, machineText, told, type Told } from './machine.js';
import { hasPgbench, installReference, REFERENCE_CLIENTS, runPgbench, runReference, type Run } from './reference.js';
import { seedVouchers, type SeededTills } from './seed-vouchers.js';
import type { TillLoad } from './till-load.js';
import type { TillServerSettings } from './till-server.js';

const CONNECTIONS = 64;
const AMOUNT_CENTS = 100;

type Way = Readonly<{ name: string; run: (seconds: number) => Promise<Figure>; close?: () => Promise<void> }>;

export async function runRedemptionBench(options: BenchOptions): Promise<void> {
  const stage = await openBenchStage();
  const admin = new pg.Client({ connectionString: stage.adminUrl });
  await admin.connect();
  try {
    const seeded = await seedVouchers(stage.redemptionUrl, stage.keyring, options.vouchers);
    await installReference(admin, seeded);
    await admin.query('vacuum analyze');
    const out = told(options.json);
    const machine = await machineOf(admin);
    out.tell(machineText(machine));
    out.tell(`${options.vouchers} vouchers, ${options.rounds} rounds of ${options.seconds} s per way`);
    const ways = await openWays(stage, seeded, options);
    const rounds = await measure(ways, options, out);
    for (const { close } of ways) await close?.();
    const conserved = await conservation(admin);
    out.conclude({ ...figuresOf(ways, rounds), machine, vouchers: options.vouchers }, `${report(ways, rounds)}\n${conserved}`);
  } finally {
    await admin.end();
    await stage.close();
  }
}

/** The first way is the one that the others are compared with. */
async function openWays(stage: BenchStage, seeded: SeededTills, { relay }: BenchOptions): Promise<Way[]> {
  const serviceDate = dayIn('Europe/Paris', new Date());
  const run = (seconds: number): Run => ({ seeded, redemptionUrl: stage.redemptionUrl, seconds, amountCents: AMOUNT_CENTS, serviceDate });
  const ways: Way[] = [{ name: `one transaction each, Node, ${REFERENCE_CLIENTS}`, run: (seconds) => runReference(run(seconds)) }];
  if (hasPgbench()) ways.push({ name: `one transaction each, pgbench, ${REFERENCE_CLIENTS}`, run: (seconds) => runPgbench(run(seconds)) });
  ways.push(inProcess(stage, seeded, serviceDate), await overHttp(stage, seeded, serviceDate, false));
  if (relay) ways.push(await overHttp(stage, seeded, serviceDate, true));
  return ways;
}

function inProcess(stage: BenchStage, { macs, placeId }: SeededTills, serviceDate: ReturnType<typeof dayIn>): Way {
  const log = { error: (fields: object) => console.error(fields) };
  const collector = openCollector(stage.redemptionUrl, { clock: databaseClock, log });
  const redeem = async () => {
    const codeMac = macs[Math.floor(Math.random() * macs.length)]!;
    return !isRejected(await collector.submit({
      redemptionId: idOf('redemption', uuidv7()), codeMacs: [codeMac], placeId, serviceDate, amount: cents(AMOUNT_CENTS), coPayment: ZERO,
      correlationId: 'bench',
    }));
  };
  return {
    name: `till, in process, ${CONNECTIONS}`, close: () => collector.stop(),
    run: (seconds) => drive(Array.from({ length: CONNECTIONS }, () => redeem), seconds),
  };
}

async function overHttp(stage: BenchStage, { codes, placeId }: SeededTills, serviceDate: string, relay: boolean): Promise<Way> {
  const identity = await startLocalIdentity(stage.keyring);
  const [server, load] = [child('till-server.js'), child('till-load.js')];
  const settings: TillServerSettings = { databaseUrl: stage.redemptionUrl, identityUrl: identity.url, relay };
  const { url } = await ask<{ url: string }>(server, settings);
  const till = {
    userId: randomUUID(), organisationId: randomUUID(), organisationKind: 'place', partyId: placeId, roles: ['till'], name: 'Bench', amr: ['pwd'],
    authTime: Math.floor(Date.now() / 1_000),
  } as const;
  return {
    name: `till, HTTP, ${CONNECTIONS}${relay ? ', relay at work' : ''}`,
    run: async (seconds) => {
      const token = await identity.tokenFor(till);
      const { figure, error } = await ask<{ figure?: Figure; error?: string }>(load, {
        url, token, codes, seconds, connections: CONNECTIONS, amountCents: AMOUNT_CENTS, serviceDate,
      } satisfies TillLoad);
      if (!figure) throw new Error(error);
      return figure;
    },
    close: async () => {
      for (const one of [server, load]) one.disconnect();
      await identity.close();
    },
  };
}

async function measure(ways: readonly Way[], { rounds, seconds }: BenchOptions, { tell }: Told): Promise<Figure[][]> {
  // Once without counting: plans, connections and compiled code are there before the first round.
  for (const { run } of ways) await run(Math.min(3, seconds));
  const measured: Figure[][] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const figures: Figure[] = [];
    for (const { run } of ways) figures.push(await run(seconds));
    measured.push(figures);
    const load = os.loadavg()[0]!.toFixed(1);
    tell(`round ${round} (load ${load}): ${figures.map(({ perSecond }) => `${Math.round(perSecond)}/s`).join('  ')}`);
  }
  return measured;
}

/** The till over HTTP against the best of the references, per round. */
function figuresOf(ways: readonly Way[], rounds: readonly Figure[][]) {
  const bases = ways.flatMap(({ name }, at) => (name.startsWith('one transaction') ? [at] : []));
  const till = ways.findIndex(({ name }) => name.startsWith('till, HTTP'));
  const best = bases.reduce((a, b) => (perSecondOf(rounds, b) > perSecondOf(rounds, a) ? b : a));
  return {
    name: 'redemption', ratio: median(rounds.map((round) => round[till]!.perSecond / round[best]!.perSecond)),
    reference: ways[best]!.name, rounds: rounds.length,
    ways: ways.map(({ name }, at) => ({
      name, perSecond: Math.round(perSecondOf(rounds, at)), p50Ms: median(rounds.map((round) => round[at]!.p50Ms)),
      p99Ms: median(rounds.map((round) => round[at]!.p99Ms)), failed: rounds.reduce((all, round) => all + round[at]!.failed, 0),
    })),
  };
}

const perSecondOf = (rounds: readonly Figure[][], way: number): number => median(rounds.map((round) => round[way]!.perSecond));

function report(ways: readonly Way[], rounds: readonly Figure[][]): string {
  const bases = ways.filter(({ name }) => name.startsWith('one transaction')).length;
  const lines = ways.map(({ name }, way) => {
    const figures = rounds.map((round) => round[way]!);
    const of = (value: (figure: Figure) => number) => median(figures.map(value));
    const ratios = Array.from({ length: bases }, (_, base) =>
      median(rounds.map((round) => round[way]!.perSecond / round[base]!.perSecond)).toFixed(2));
    const failed = figures.reduce((all, figure) => all + figure.failed, 0);
    return `${name.padEnd(40)} ${String(Math.round(of((figure) => figure.perSecond))).padStart(7)}/s  p50 ${shown(of((figure) => figure.p50Ms))} ms  `
      + `p99 ${shown(of((figure) => figure.p99Ms))} ms  ratio ${ratios.join(' / ')}${failed ? `  FAILED ${failed}` : ''}`;
  });
  return ['', `medians of ${rounds.length} rounds; ratio: per round, to ${ways.slice(0, bases).map(({ name }) => `"${name}"`).join(' / ')}`, ...lines].join('\n');
}

const shown = (ms: number): string => (Number.isNaN(ms) ? '    -' : ms.toFixed(1).padStart(5));

/** A figure of a run that lost a cent is worth nothing. */
async function conservation(admin: pg.Client): Promise<string> {
  const { rows } = await admin.query<{ redeemed: string; spent: string; posted: string }>(
    `select (select coalesce(sum(amount), 0) from redemption.redemption) as redeemed,
       (select sum(face - balance) from redemption.voucher) as spent,
       (select coalesce(sum(amount), 0) from redemption.transfer where rule = '7') as posted`);
  const { redeemed, spent, posted } = rows[0]!;
  if (redeemed !== spent || redeemed !== posted) throw new Error(`cents do not agree: redeemed ${redeemed}, spent ${spent}, posted ${posted}`);
  return `conservation: ${redeemed} cents redeemed, taken off vouchers and posted`;
}
