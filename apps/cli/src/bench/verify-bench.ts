// How long does somebody who believes nothing need for a whole log? An export of so many events, each valid and each cent covered, with
// the figures of their month, is read by the offline verifier. Held against reading the same file once: lines, JSON, SHA-256 of each
// leaf, and nothing compared.
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLines } from '../verify/read-lines.js';
import { verifyExport } from '../verify/verify-export.js';
import type { BenchOptions } from './bench-options.js';
import { onBenchStage } from './bench-stage.js';
import { median, timed } from './drive.js';
import { writeExport } from './made-up-export.js';

const REFERENCE = 'the lines of the same file, parsed as JSON and hashed, and nothing compared';

export async function runVerifyBench({ rounds, events, json }: BenchOptions): Promise<void> {
  await onBenchStage(json, async ({ tell }) => {
    const folder = await mkdtemp(join(tmpdir(), 'mereau-verify-'));
    try {
      const path = join(folder, 'export.jsonl');
      await writeExport(path, events);
      const megabytes = Math.round(statSync(path).size / 1_000_000);
      tell(`an export of ${events} events, ${megabytes} MB`);
      const measured: { seconds: number; referenceSeconds: number }[] = [];
      for (let round = 1; round <= rounds; round += 1) {
        const referenceSeconds = await timed(() => readBarely(path));
        measured.push({ referenceSeconds, seconds: await timed(() => verify(path, events)) });
        tell(`round ${round}: ${measured.at(-1)!.seconds.toFixed(1)} s, reference ${referenceSeconds.toFixed(1)} s`);
      }
      const of = (figure: (round: (typeof measured)[number]) => number) => Number(median(measured.map(figure)).toFixed(3));
      const verifySeconds = of(({ seconds }) => seconds);
      const figures = {
        name: 'verify', events, megabytes, rounds, reference: REFERENCE, ratio: of(({ seconds, referenceSeconds }) => referenceSeconds / seconds),
        verifySeconds, referenceSeconds: of((round) => round.referenceSeconds), eventsPerSecond: Math.round(events / verifySeconds),
        rssPeakMb: Math.round(process.resourceUsage().maxRSS / 1_024),
      };
      return { figures, text: `${events} events verified in ${verifySeconds} s: ${figures.eventsPerSecond} a second, ratio ${figures.ratio} (${REFERENCE})` };
    } finally {
      await rm(folder, { recursive: true });
    }
  });
}

/** Throws when the verifier finds fault, or has read less than there is: such a figure says nothing. */
async function verify(path: string, events: number): Promise<void> {
  const verdict = await verifyExport(path, { keyIds: [], kept: [] });
  if (!verdict.verified || verdict.events !== events || verdict.figures.months !== 1) throw new Error(`the export is not what it should be: ${JSON.stringify(verdict.firstWrong)}`);
}

async function readBarely(path: string): Promise<void> {
  for await (const { bytes } of readLines(path)) {
    JSON.parse(bytes.toString());
    createHash('sha256').update(bytes).digest();
  }
}
