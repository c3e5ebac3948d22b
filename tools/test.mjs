// npm test: installs what is missing, builds, starts the servers that tests need, runs the suites in turn and ends with
// one line of counts. `npm test -- unit libs/keys` runs one suite, on the specs whose path has that part.
import { randomInt } from 'node:crypto';
import { endAll, seconds } from './commands.mjs';
import { ensureInstalled } from './install.mjs';
import { isStartupFault } from './startup-fault.mjs';
import { plan, runSuite, sumUp } from './test-suites.mjs';

const FULL = process.env.MEREAU_SIZES === 'full' || process.argv.includes('--full');
const SIZES = FULL ? 'full' : 'quick';
const SEED = process.env.MEREAU_SEED ?? String(randomInt(2 ** 31 - 1));
const REASON = /skipped: (.+)/;

/** A skipped test must say why in its title: `describe.skip('… (skipped: no redis-server)')`. */
function reportSkipped(titles) {
  const counts = new Map();
  for (const title of titles) {
    const key = REASON.test(title) ? title.replace(/(\(?skipped: [^)]*\)?).*$/, '$1') : `${title} (no reason given)`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  if (counts.size) console.log('\nskipped:');
  for (const [title, count] of counts) console.log(`  ${title}${count > 1 ? ` [${count} tests]` : ''}`);
}

async function runAll(suites, env) {
  const results = [];
  for (const suite of suites) {
    const began = performance.now();
    const result = await runSuite(suite, { env, sizes: SIZES });
    results.push(result);
    console.log(`${suite.name.padEnd(12)} ${seconds(began).padStart(8)}  ${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped in ${suite.files.length} files`);
    if (suite.files.length > 5) for (const { file, runtimeMs } of result.slowest) console.log(`  ${(runtimeMs / 1_000).toFixed(0).padStart(6)} s  ${file}`);
  }
  return sumUp(results);
}

async function main() {
  const began = performance.now();
  console.log(`seed ${SEED} (repeat with MEREAU_SEED=${SEED}), ${SIZES} sizes, Node ${process.version}`);
  await ensureInstalled();
  // Imported only now: they stand on packages.
  const { build } = await import('./build.mjs');
  const { startServices } = await import('./test-services.mjs');
  await build();
  const suites = plan(process.argv.slice(2).filter((word) => !word.startsWith('--')));
  const services = await startServices(console.log, { needed: suites.some(({ noServices }) => !noServices) });
  const interrupt = () => { endAll(); void services.stop().finally(() => process.exit(130)); };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  services.notes.forEach((note) => console.log(note));
  const counts = await runAll(suites, { ...services.env, MEREAU_SEED: SEED }).finally(services.stop);
  reportSkipped(counts.skippedTests);
  if (counts.failed) console.log(`\nfailed:\n  ${counts.failedTests.join('\n  ')}`);
  if (counts.passed + counts.failed === 0) console.log('\nno test ran');
  console.log(`\nall suites ${seconds(began)}`);
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return counts.failed === 0 && counts.passed > 0;
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(isStartupFault(error) ? error.message : error);
  process.exitCode = 1;
}
