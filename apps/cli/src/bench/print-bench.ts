// What a long file for the printer costs: seconds, and memory of the process that makes it. Pages leave while they are
// drawn, so ten thousand may take no more memory, and each no more time, than the first thousand.
import pg from 'pg';
import type { BenchOptions } from './bench-options.js';
import { openBenchStage } from './bench-stage.js';
import { median } from './drive.js';
import { openBenchScheme, type BenchScheme } from './issuance-scheme.js';
import { machineOf, machineText, told } from './machine.js';
import { makeSpendable } from './spendable-batch.js';

/** Booklets of ten: a page each. */
const PER_PAGE = 10;
/** The part that a whole file is compared with. */
const PART = 10;

type Taken = Readonly<{ seconds: number; megabytes: number }>;

export async function runPrintBench(options: BenchOptions): Promise<void> {
  const { pages, rounds, json } = options;
  const stage = await openBenchStage();
  const admin = new pg.Client({ connectionString: stage.adminUrl });
  await admin.connect();
  try {
    const out = told(json);
    const machine = await machineOf(admin);
    out.tell(machineText(machine));
    const setting = await openBenchScheme(stage, {});
    try {
      const { batchId } = await makeSpendable(setting, pages * PER_PAGE);
      await setting.restart();
      const ratios: number[] = [];
      const wholes: Taken[] = [];
      await take(setting, batchId, 'pdf', Math.ceil(pages / PART));
      for (let round = 1; round <= rounds; round += 1) {
        const part = await take(setting, batchId, 'pdf', Math.ceil(pages / PART));
        const whole = await take(setting, batchId, 'pdf', pages);
        wholes.push(whole);
        ratios.push((pages / whole.seconds) / (Math.ceil(pages / PART) / part.seconds));
        out.tell(`round ${round}: ${pages} sheets in ${whole.seconds.toFixed(1)} s, ${whole.megabytes.toFixed(0)} MB of PDF`);
      }
      const letters = await take(setting, batchId, 'letters', pages);
      const peakMb = await setting.peakMb();
      const figures = {
        name: 'print', ratio: median(ratios), reference: `pages per second of a file with a ${PART}th of the pages`, rounds, machine, pages,
        seconds: median(wholes.map(({ seconds }) => seconds)), lettersSeconds: letters.seconds, rssPeakMb: peakMb,
      };
      out.conclude(figures, [
        '', `medians of ${rounds} rounds: ${pages} sheets in ${figures.seconds.toFixed(1)} s, as many letters in ${letters.seconds.toFixed(1)} s`,
        `peak memory of the process ${peakMb.toFixed(0)} MB; speed against a ${PART}th of the pages: ${figures.ratio.toFixed(2)}`,
      ].join('\n'));
    } finally {
      await setting.close();
    }
  } finally {
    await admin.end();
    await stage.close();
  }
}

async function take({ people: { operator } }: BenchScheme, batchId: string, format: 'pdf' | 'letters', pages: number): Promise<Taken> {
  const began = performance.now();
  let bytes = 0;
  const body = { format, first: 0, last: pages * PER_PAGE - 1 };
  for await (const piece of await operator.stream(`/issuance/batches/${batchId}/print-files`, body)) bytes += piece.length;
  return { seconds: (performance.now() - began) / 1_000, megabytes: bytes / 1e6 };
}
