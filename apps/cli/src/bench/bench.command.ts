// `npm run bench`: figures that a reader can repeat, each against a reference that is measured in the same run.
import { runAuditBench } from './audit-bench.js';
import { benchOptions, type BenchOptions } from './bench-options.js';
import { runExpiryBench } from './expiry-bench.js';
import { runGrowthBench } from './growth-bench.js';
import { runIssuanceBench } from './issuance-bench.js';
import { runPrintBench } from './print-bench.js';
import { runRelayBench } from './relay-bench.js';
import { runRedemptionBench } from './redemption-bench.js';
import { runSettlementBench } from './settlement-bench.js';
import { runVerifyBench } from './verify-bench.js';

type Bench = Readonly<{ run: (options: BenchOptions) => Promise<void>; vouchersUsual: number; secondsUsual?: number }>;
const BENCHES: Readonly<Record<string, Bench>> = {
  redemption: { run: runRedemptionBench, vouchersUsual: 200_000 },
  growth: { run: runGrowthBench, vouchersUsual: 10_000_000 },
  issuance: { run: runIssuanceBench, vouchersUsual: 300_000 },
  print: { run: runPrintBench, vouchersUsual: 100_000 },
  settlement: { run: runSettlementBench, vouchersUsual: 1_000_000 },
  audit: { run: runAuditBench, vouchersUsual: 1 },
  verify: { run: runVerifyBench, vouchersUsual: 1 },
  /** A minute: what commits late must have the time to. */
  relay: { run: runRelayBench, vouchersUsual: 1, secondsUsual: 60 },
  expiry: { run: runExpiryBench, vouchersUsual: 1_000_000 },
};

/** Resolves with the exit code. */
export async function benchCommand(args: readonly string[]): Promise<number> {
  const named = args[0] !== undefined && !args[0].startsWith('-');
  const what = named ? args[0]! : 'redemption';
  const bench = Object.hasOwn(BENCHES, what) ? BENCHES[what] : undefined;
  if (!bench) {
    console.error(`there is no bench ${what}; there is: ${Object.keys(BENCHES).join(', ')}`);
    return 2;
  }
  await bench.run(benchOptions(named ? args.slice(1) : args, bench.vouchersUsual, bench.secondsUsual));
  return 0;
}
