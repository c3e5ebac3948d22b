// npm run check: types, lint, boundaries and unit specs, side by side. Everything is run even when one part fails, and a
// part that cannot be run has failed. `--without-unit` is for whoever runs `npm test` next, which has the unit specs first.
import { runNode, seconds } from './commands.mjs';
import { ensureInstalled } from './install.mjs';
import { plan, runSuite } from './test-suites.mjs';

const SOURCES = ['apps', 'libs', 'test'];

/** The longest first. Where lint and types are remembered from an earlier run, the unit specs have the machine for themselves. */
const PARTS = [
  ['lint', () => runNode('node_modules/eslint/bin/eslint.js', [
    '--max-warnings=0', '--cache', '--cache-location', 'node_modules/.cache/eslint/', ...SOURCES,
  ])],
  ['types', () => runNode('node_modules/typescript/bin/tsc', ['-p', 'tsconfig.json'])],
  // What runs in browsers knows other names than what runs in Node.
  ['scripts', () => runNode('node_modules/typescript/bin/tsc', ['-p', 'apps/web/src/till/browser/tsconfig.json'])],
  ['boundaries', () => runNode('node_modules/dependency-cruiser/bin/dependency-cruise.mjs', [
    '--config', '.dependency-cruiser.cjs', 'apps', 'libs',
  ])],
  ['unit', unit],
];
const LANES = 2;

async function unit() {
  const [suite] = plan(['unit']);
  if (!suite) return { code: 1, output: 'there is no unit spec' };
  const { output, passed, failed, skipped } = await runSuite(suite, { show: false });
  return { code: failed === 0 && passed > 0 ? 0 : 1, output, note: `${passed} tests${skipped ? `, ${skipped} skipped` : ''}` };
}

async function main() {
  const began = performance.now();
  await ensureInstalled();
  const { compile, generateClients } = await import('./build.mjs');
  await generateClients();
  // The pages are tested with their scripts as browsers get them.
  await compile();
  console.log(`clients     ${seconds(began).padStart(8)}  ready (Node ${process.version})`);
  const queue = process.argv.includes('--without-unit') ? PARTS.filter(([name]) => name !== 'unit') : [...PARTS];
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
  console.log(failures.length ? `check failed: ${failures.join(', ')} (${seconds(began)})` : `check ok (${seconds(began)})`);
  return failures.length === 0;
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(error.name === 'StartupFault' ? error.message : error);
  process.exitCode = 1;
}
