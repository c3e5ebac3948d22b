// `npm run bench`: figures that a reader can repeat, each against a reference that is measured in the same run.
import { benchOptions } from './bench-options.js';
import { runExpiryBench } from './expiry-bench.js';
import { runTillBench } from './till-bench.js';

const WHAT = { till: runTillBench, expiry: runExpiryBench } as const;

/** Resolves with the exit code. */
export async function benchCommand(args: readonly string[]): Promise<number> {
  const [what = 'till', ...flags] = args;
  if (!Object.hasOwn(WHAT, what)) {
    console.error(`there is no bench ${what}; there is: ${Object.keys(WHAT).join(', ')}`);
    return 2;
  }
  await WHAT[what as keyof typeof WHAT](benchOptions(flags));
  return 0;
}
