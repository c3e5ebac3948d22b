// How fast can tills be served, and what is that worth against one transaction per redemption on the same server in the
// same minutes? Ways are alternated and compared within each round: a neighbour of this machine slows whole rounds.
import os from 'node:os';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { cents, databaseClock, dayIn, idOf, isRejected, ZERO, type LocalDate } from '#libs/kernel';
import { openCollector } from '../../../redemption/src/till/open-collector.js';
import type { BenchOptions } from './bench-options.js';
import { openBenchStage, type BenchStage } from './bench-stage.js';
import { needCommands } from './child-process.js';
import { costsOf, isSameWork, type Costs } from './costs.js';
import { drive, median, type Figure } from './drive.js';
import { machineOf, machineText, told, type Told } from './machine.js';
import { installReference, REFERENCE_CLIENTS, runReference } from './reference.js';
import { seedVouchers, type SeededTills } from './seed-vouchers.js';
import { openTillOverHttp, type TillOverHttp } from './till-over-http.js';

/** The ratio is taken at the last of them. */
const CONNECTIONS = [1, 16, 64] as const;
const MOST = 64;
const PAYERS = 20;
export const AMOUNT_CENTS = 100;

/** What a round measures, each way in its turn. */
type Round = Readonly<{
  referencePerSecond: number; referenceCosts: Costs; inProcess: Figure; http: readonly (Figure & Costs)[]; twentyPayers: Figure;
}>;

/** Throws StartupFault when wrk or pgbench is missing. `--relay` has messages cut in batches meanwhile, and then tells no ratio. */
export async function runRedemptionBench(options: BenchOptions): Promise<void> {
  needCommands({ wrk: 'wrk', pgbench: 'postgresql-client' });
  const stage = await openBenchStage();
  const admin = new pg.Client({ connectionString: stage.adminUrl });
  await admin.connect();
  try {
    const each = Math.ceil(options.vouchers / PAYERS);
    const twenty = Array.from({ length: PAYERS }, () => ({ known: each }));
    const seeded = await seedVouchers(stage.adminUrl, stage.keyring, [{ known: options.vouchers }, ...twenty]);
    await installReference(admin, seeded.batches[0]!);
    await admin.query('vacuum analyze');
    const out = told(options.json);
    const machine = await machineOf(admin);
    out.tell(machineText(machine));
    out.tell(`${options.vouchers} vouchers of one payer, as many of ${PAYERS} payers, ${options.rounds} rounds of ${options.seconds} s per way`);
    const rounds = await withTills(stage, seeded, options, async (tills) => measure({ stage, admin, seeded, tills, options, out }));
    const conserved = await conservation(admin);
    const figures = figuresOf(rounds, options);
    out.conclude({ ...figures, machine, vouchers: options.vouchers }, `${report(figures)}\n${conserved}`);
  } finally {
    await admin.end();
    await stage.close();
  }
}

async function withTills<Result>(
  stage: BenchStage, { placeId }: SeededTills, { relay }: BenchOptions, work: (tills: TillOverHttp) => Promise<Result>,
): Promise<Result> {
  const tills = await openTillOverHttp(stage, placeId, relay);
  try {
    return await work(tills);
  } finally {
    await tills.close();
  }
}

type Setting = Readonly<{
  stage: BenchStage; admin: pg.Client; seeded: SeededTills; tills: TillOverHttp; options: BenchOptions; out: Told;
}>;

async function measure({ stage, admin, seeded, tills, options: { rounds, seconds }, out }: Setting): Promise<Round[]> {
  const serviceDate = dayIn('Europe/Paris', new Date());
  const [one, ...twenty] = seeded.batches;
  const codesOfTwenty = twenty.flatMap(({ codes }) => codes);
  const reference = (clients: number, time: number) => runReference({
    vouchers: one!.macs.length, placeId: seeded.placeId, redemptionUrl: stage.redemptionUrl, seconds: time, amountCents: AMOUNT_CENTS,
    serviceDate, clients,
  });
  const http = (codes: readonly string[], connections: number, time = seconds) =>
    tills.run({ codes, connections, seconds: time, amountCents: AMOUNT_CENTS, serviceDate });
  const collector = openCollector(stage.redemptionUrl, { clock: databaseClock, log: { error: (fields: object) => console.error(fields) } });
  const inProcess = (time = seconds) => driveCollector(collector, seeded, serviceDate, time);

  // Once without counting: plans, connections and compiled code are there before the first round. The reference tries its counts.
  const tried = new Map<number, number>();
  for (const clients of REFERENCE_CLIENTS) tried.set(clients, await reference(clients, seconds));
  const [best] = [...tried].sort(([, a], [, b]) => b - a)[0]!;
  out.tell(`pgbench: ${[...tried].map(([clients, perSecond]) => `${clients} clients ${Math.round(perSecond)}/s`).join(', ')}`);
  await inProcess(Math.min(3, seconds));
  await http(one!.codes, MOST, Math.min(3, seconds));

  const measured: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const { result: referencePerSecond, costs: referenceCosts } = await costsOf(admin, () => reference(best, seconds));
    const inProcessFigure = await inProcess();
    const overHttp: (Figure & Costs)[] = [];
    for (const connections of CONNECTIONS) {
      const { result, costs } = await costsOf(admin, () => http(one!.codes, connections));
      overHttp.push({ ...result, ...costs });
    }
    const twentyPayers = await http(codesOfTwenty, MOST);
    measured.push({ referencePerSecond, referenceCosts, inProcess: inProcessFigure, http: overHttp, twentyPayers });
    out.tell(roundText(round, measured.at(-1)!));
  }
  await collector.stop();
  return measured;
}

function driveCollector(
  collector: ReturnType<typeof openCollector>, { placeId, batches: [batch] }: SeededTills, serviceDate: LocalDate, seconds: number,
): Promise<Figure> {
  const { macs } = batch!;
  const redeem = async () => !isRejected(await collector.submit({
    redemptionId: idOf('redemption', uuidv7()), codeMacs: [macs[Math.floor(Math.random() * macs.length)]!], placeId, serviceDate,
    amount: cents(AMOUNT_CENTS), coPayment: ZERO, correlationId: 'bench',
  }));
  return drive(Array.from({ length: MOST }, () => redeem), seconds);
}

function figuresOf(rounds: readonly Round[], { relay }: BenchOptions) {
  const of = (value: (round: Round) => number) => Number(median(rounds.map(value)).toFixed(3));
  const most = (round: Round) => round.http.at(-1)!;
  const comparable = !relay && rounds.every((round) => isSameWork(round.referenceCosts.rows, most(round).rows));
  const costs = (name: Exclude<keyof Costs, 'rows'>) => of((round) => most(round)[name] ?? Number.NaN);
  return {
    name: 'redemption', ratio: comparable ? of((round) => most(round).perSecond / round.referencePerSecond) : null,
    reference: 'pgbench, one prepared call and one transaction per redemption, its best of 8, 16 and 32 clients', rounds: rounds.length,
    perSecond: of((round) => most(round).perSecond), referencePerSecond: of(({ referencePerSecond }) => referencePerSecond),
    p50Ms: of((round) => most(round).p50Ms), p99Ms: of((round) => most(round).p99Ms),
    walBytesPerRedemption: costs('walBytesPerRedemption'), fullPageBytesPerRedemption: costs('fullPageBytesPerRedemption'),
    fsyncsPerRedemption: costs('fsyncsPerRedemption'), cpuMicrosPerRedemption: costs('cpuMicrosPerRedemption'),
    referenceWalBytesPerRedemption: of(({ referenceCosts }) => referenceCosts.walBytesPerRedemption),
    referenceFsyncsPerRedemption: of(({ referenceCosts }) => referenceCosts.fsyncsPerRedemption),
    hotPayerRatio: of((round) => most(round).perSecond / round.twentyPayers.perSecond),
    inProcessRatio: comparable ? of(({ inProcess, referencePerSecond }) => inProcess.perSecond / referencePerSecond) : null,
    inProcessPerSecond: of(({ inProcess }) => inProcess.perSecond),
    failed: rounds.flatMap(({ inProcess, twentyPayers, http }) => [inProcess, twentyPayers, ...http])
      .reduce((all, { failed }) => all + failed, 0),
    connections: CONNECTIONS.map((connections, at) => ({
      connections, perSecond: of(({ http }) => http[at]!.perSecond),
      p50Ms: of(({ http }) => http[at]!.p50Ms), p99Ms: of(({ http }) => http[at]!.p99Ms),
      cpuMicrosPerRedemption: of(({ http }) => http[at]!.cpuMicrosPerRedemption ?? Number.NaN),
      fsyncsPerRedemption: of(({ http }) => http[at]!.fsyncsPerRedemption),
    })),
  };
}

function roundText(round: number, { referencePerSecond, inProcess, http, twentyPayers }: Round): string {
  const shown = CONNECTIONS.map((connections, at) => `${connections} tills ${Math.round(http[at]!.perSecond)}/s`).join('  ');
  return `round ${round} (load ${os.loadavg()[0]!.toFixed(1)}): pgbench ${Math.round(referencePerSecond)}/s  in process ${Math.round(inProcess.perSecond)}/s  `
    + `${shown}  ${PAYERS} payers ${Math.round(twentyPayers.perSecond)}/s`;
}

function report(figures: ReturnType<typeof figuresOf>): string {
  const { ratio, inProcessRatio, connections, hotPayerRatio, rounds } = figures;
  return [
    '', `medians of ${rounds} rounds, ratios per round`,
    ratio === null ? 'no ratio: the two ways did not write the same rows'
      : `HTTP, ${MOST} tills: ${ratio} times pgbench; in process ${inProcessRatio} times`,
    ...connections.map((at) => `${String(at.connections).padStart(3)} tills  ${Math.round(at.perSecond)}/s  `
      + `p50 ${at.p50Ms} ms  p99 ${at.p99Ms} ms  `
      + `backend ${at.cpuMicrosPerRedemption} µs  ${at.fsyncsPerRedemption} fsyncs each`),
    `WAL ${figures.walBytesPerRedemption} bytes each and ${figures.fullPageBytesPerRedemption} of page images (pgbench ${figures.referenceWalBytesPerRedemption}); `
      + `fsyncs ${figures.fsyncsPerRedemption} (pgbench ${figures.referenceFsyncsPerRedemption})`,
    `one payer against ${PAYERS}: ${hotPayerRatio}`,
    ...(figures.failed > 0 ? [`FAILED ${figures.failed}`] : []),
  ].join('\n');
}

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
