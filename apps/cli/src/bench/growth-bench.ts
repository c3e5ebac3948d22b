// Does a redemption slow down as the scheme grows? The same tills on a table of ten thousand vouchers and on one of ten
// million, each on a server of its own, alternated in one run.
import os from 'node:os';
import pg from 'pg';
import { dayIn } from '#libs/kernel';
import type { BenchOptions } from './bench-options.js';
import { openBenchStage } from './bench-stage.js';
import { needCommands } from './child-process.js';
import { median, type Figure } from './drive.js';
import { machineOf, machineText, told } from './machine.js';
import { seedVouchers } from './seed-vouchers.js';
import { openTillOverHttp } from './till-over-http.js';

const SMALL = 10_000;
/** Tills use at most so many of them: spread among all, they lie on more pages than a server keeps at hand. */
const KNOWN_MAX = 500_000;
const CONNECTIONS = 64;
const AMOUNT_CENTS = 100;

type Table = Readonly<{ run(seconds: number): Promise<Figure>; close(): Promise<void>; machine: Awaited<ReturnType<typeof machineOf>> }>;

/** `--vouchers`: of the large table. Throws StartupFault when wrk is missing. */
export async function runGrowthBench({ vouchers, rounds, seconds, json }: BenchOptions): Promise<void> {
  needCommands({ wrk: 'wrk' });
  const { tell, conclude } = told(json);
  const small = await openTable(SMALL);
  try {
    tell(machineText(small.machine));
    tell(`${SMALL} vouchers against ${vouchers}, ${rounds} rounds of ${seconds} s each; the large table is being filled`);
    const large = await openTable(vouchers);
    try {
      for (const table of [small, large]) await table.run(Math.min(3, seconds));
      const measured: [Figure, Figure][] = [];
      for (let round = 1; round <= rounds; round += 1) {
        measured.push([await small.run(seconds), await large.run(seconds)]);
        const [few, many] = measured.at(-1)!;
        tell(`round ${round} (load ${os.loadavg()[0]!.toFixed(1)}): ${Math.round(few.perSecond)}/s and ${Math.round(many.perSecond)}/s`);
      }
      const of = (value: (round: [Figure, Figure]) => number) => Number(median(measured.map(value)).toFixed(3));
      const figures = {
        name: 'growth', ratio: of(([few, many]) => many.perSecond / few.perSecond), reference: `the same tills on ${SMALL} vouchers`,
        rounds, vouchers, perSecond: of(([, many]) => many.perSecond), referencePerSecond: of(([few]) => few.perSecond),
        p99Ms: of(([, many]) => many.p99Ms), referenceP99Ms: of(([few]) => few.p99Ms),
        failed: measured.flat().reduce((all, { failed }) => all + failed, 0),
      };
      conclude({ ...figures, machine: small.machine },
        `${vouchers} vouchers: ${Math.round(figures.perSecond)}/s, ${figures.ratio} times as many as on ${SMALL}; `
        + `p99 ${figures.p99Ms} and ${figures.referenceP99Ms} ms`
        + (figures.failed > 0 ? `\nFAILED ${figures.failed}` : ''));
    } finally {
      await large.close();
    }
  } finally {
    await small.close();
  }
}

async function openTable(vouchers: number): Promise<Table> {
  const stage = await openBenchStage();
  const admin = new pg.Client({ connectionString: stage.adminUrl });
  await admin.connect();
  const known = Math.min(vouchers, KNOWN_MAX);
  const { placeId, batches: [batch] } = await seedVouchers(stage.adminUrl, stage.keyring, [{ known, others: vouchers - known }]);
  await admin.query('vacuum analyze');
  await admin.query('checkpoint');
  const machine = await machineOf(admin);
  await admin.end();
  const tills = await openTillOverHttp(stage, placeId, false);
  const serviceDate = dayIn('Europe/Paris', new Date());
  return {
    machine,
    run: (seconds) => tills.run({ codes: batch!.codes, connections: CONNECTIONS, seconds, amountCents: AMOUNT_CENTS, serviceDate }),
    close: async () => {
      await tills.close();
      await stage.close();
    },
  };
}
