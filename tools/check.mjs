// npm run check: types, promises, lint, boundaries, and the unit specs that what changed since the last commit can break, side by side.
// Everything is run even when one part fails, and a part that cannot be run has failed. `npm test` has every unit spec, and so has
// `--every-unit`, for a Node on which no tests are run.
import { execFileSync } from 'node:child_process';
import { runNode, seconds } from './commands.mjs';
import { ensureInstalled } from './install.mjs';
import { ROOT } from './root.mjs';
import { plan, relatedSpecs, runSuite } from './test-suites.mjs';

const SOURCES = ['apps', 'libs', 'test'];
// The native compiler; 5.9 stays for the tools that use its API.
const TSC = 'node_modules/typescript7/bin/tsc';

/** The longest first. */
const PARTS = [
  ['types', () => runNode(TSC, ['-p', 'tsconfig.json'])],
  ['promises', () => runNode('node_modules/oxlint/bin/oxlint', ['--type-aware', '--deny-warnings', ...SOURCES])],
  ['lint', () => runNode('node_modules/eslint/bin/eslint.js', [
    '--max-warnings=0', '--cache', '--cache-location', 'node_modules/.cache/eslint/', ...SOURCES,
  ])],
  ['boundaries', () => runNode('node_modules/dependency-cruiser/bin/dependency-cruise.mjs', [
    '--config', '.dependency-cruiser.cjs', 'apps', 'libs',
  ])],
  // What runs in browsers knows other names than what runs in Node.
  ['scripts', () => runNode(TSC, ['-p', 'apps/web/src/till/browser/tsconfig.json'])],
];
const LANES = 2;

/** Changed or new since the last commit; undefined where there is no history to ask. */
function changedFiles() {
  const ask = (...args) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n').filter(Boolean);
  try {
    return [...ask('diff', '--name-only', '--diff-filter=d', 'HEAD'), ...ask('ls-files', '--others', '--exclude-standard')];
  } catch {
    return undefined;
  }
}

/** The suite of unit specs, or what of it the changes can break; undefined where that is nothing. */
async function unitSpecs() {
  const [every] = plan(['unit']);
  if (!every) throw new Error('there is no unit spec');
  const changed = process.argv.includes('--every-unit') ? undefined : changedFiles();
  if (!changed) return every;
  const related = await relatedSpecs(changed.filter((file) => /\.(ts|mjs)$/.test(file)));
  const files = every.files.filter((file) => related.has(file));
  return files.length > 0 ? { ...every, files } : undefined;
}

async function unit(suite) {
  const { output, passed, failed, skipped } = await runSuite(suite, { show: false });
  const note = `${passed} tests in ${suite.files.length} files${skipped ? `, ${skipped} skipped` : ''}`;
  return { code: failed === 0 && passed > 0 ? 0 : 1, output, note };
}

async function main() {
  const began = performance.now();
  await ensureInstalled();
  const { compile, generateClients } = await import('./build.mjs');
  await generateClients();
  const suite = await unitSpecs();
  // The pages are tested with their scripts as browsers get them.
  if (suite) await compile();
  console.log(`clients     ${seconds(began).padStart(8)}  ready (Node ${process.version})`);
  const queue = suite ? [...PARTS, ['unit', () => unit(suite)]] : [...PARTS];
  const failures = [];
  const lane = async () => {
    for (let part = queue.shift(); part; part = queue.shift()) {
      const [name, work] = part;
      const partBegan = performance.now();
      const { code, output, note = '' } = await work();
      if (code !== 0) failures.push(name);
      console.log(`${name.padEnd(11)} ${seconds(partBegan).padStart(8)}  ${code === 0 ? 'ok' : 'FAILED'} ${note}`.trimEnd());
      if (code !== 0) console.log(output.trimEnd());
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  if (!suite) console.log('unit                   nothing that changed since the last commit can break one; `npm test` has them all');
  console.log(failures.length ? `check failed: ${failures.join(', ')} (${seconds(began)})` : `check ok (${seconds(began)})`);
  return failures.length === 0;
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(error.name === 'StartupFault' ? error.message : error);
  process.exitCode = 1;
}
