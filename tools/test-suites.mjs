// Which spec belongs to which suite, and how a suite is run. A suite is one run of Jest over a list of files.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join, relative, sep } from 'node:path';
import { runNode } from './commands.mjs';
import { ROOT } from './root.mjs';

const FOLDERS = ['apps', 'libs', 'test', 'tools'];

/** In the order in which they run: what fails soonest and says most comes first. The first that matches a file has it. */
export const SUITES = [
  { name: 'tidy', has: (file) => file.startsWith('test/tidy/') },
  { name: 'property', has: (file) => file.startsWith('test/property/'), timeoutMs: 120_000 },
  { name: 'simulation', has: (file) => file.startsWith('test/simulation/'), timeoutMs: 600_000 },
  { name: 'chaos', has: (file) => file.startsWith('test/chaos/'), timeoutMs: 600_000, alone: true },
  { name: 'browser', has: (file) => file.startsWith('test/browser/'), timeoutMs: 120_000, alone: true },
  { name: 'e2e', has: (file) => file.endsWith('.e2e.spec.ts') || file.startsWith('test/e2e/'), timeoutMs: 240_000 },
  { name: 'integration', has: (file) => file.endsWith('.int.spec.ts'), timeoutMs: 60_000 },
  // A unit spec does no I/O; what takes longer than this is no unit spec.
  { name: 'unit', has: () => true, timeoutMs: 10_000, noServices: true },
];
export const ORDER = ['unit', 'integration', 'e2e', 'property', 'simulation', 'chaos', 'browser', 'tidy'];
/** A suite that hangs is ended; none is meant to come near it. */
const SUITE_MS = { quick: 40 * 60_000, full: 60 * 60_000 };

function specs() {
  const walk = (folder) => readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : walk(path);
    return entry.name.endsWith('.spec.ts') ? [relative(ROOT, path).split(sep).join('/')] : [];
  });
  return FOLDERS.filter((folder) => existsSync(join(ROOT, folder))).flatMap((folder) => walk(join(ROOT, folder))).sort();
}

/** @param {string[]} wanted names of suites or parts of paths; none means everything. */
export function plan(wanted = []) {
  const names = wanted.filter((word) => ORDER.includes(word));
  const parts = wanted.filter((word) => !ORDER.includes(word));
  const files = specs().filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)));
  const byName = new Map(ORDER.map((name) => [name, []]));
  for (const file of files) byName.get(SUITES.find(({ has }) => has(file)).name).push(file);
  return ORDER.filter((name) => names.length === 0 || names.includes(name))
    .map((name) => ({ ...SUITES.find((suite) => suite.name === name), files: byName.get(name) }))
    .filter((suite) => suite.files.length > 0);
}

/** Specs that import one of these files, or what imports it, and so on. A file that no spec reaches has none. */
export async function relatedSpecs(files) {
  if (files.length === 0) return new Set();
  const { code, output } = await runNode('node_modules/jest/bin/jest.js', ['--listTests', '--findRelatedTests', ...files], {
    flags: ['--experimental-vm-modules', '--no-warnings'],
  });
  if (code !== 0) throw new Error(`Jest cannot tell which specs belong to what changed: ${output}`);
  return new Set(output.split('\n').filter((line) => line.endsWith('.spec.ts')).map((path) => relative(ROOT, path).split(sep).join('/')));
}

const NOTHING = { passed: 0, failed: 0, skipped: 0, skippedTests: [], failedTests: [] };
const plus = (a, b) => (Array.isArray(a) ? [...a, ...b] : a + b);
const add = (a, b) => Object.fromEntries(Object.keys(NOTHING).map((key) => [key, plus(a[key], b[key])]));
export const sumUp = (results) => results.reduce(add, NOTHING);

/** Counts what the reporter wrote down. A file that could not be run at all counts as one failed test. */
export function countResults(files) {
  return sumUp(files.map(({ file, broken, tests }) => {
    const titles = (...wanted) => tests.filter(({ status }) => wanted.includes(status)).map(({ fullName }) => `${file}: ${fullName}`);
    const failedTests = titles('failed');
    if (broken && failedTests.length === 0) failedTests.push(`${file}: could not be run`);
    const skippedTests = titles('pending', 'todo', 'skipped', 'disabled');
    return { passed: titles('passed').length, failed: failedTests.length, skipped: skippedTests.length, skippedTests, failedTests };
  }));
}

/** The files that one who wants a quicker suite looks at first. */
export const slowestOf = (files) => [...files].sort((a, b) => b.runtimeMs - a.runtimeMs).slice(0, 5);

/** Runs one suite and shows failures as they come. @returns the counts and the slowest files; a Jest that dies is a failed test, never silence. */
export async function runSuite({ name, files, timeoutMs, alone }, { env = {}, show = true, sizes = 'quick', workers = 2 } = {}) {
  const folder = mkdtempSync(join(os.tmpdir(), 'mereau-results-'));
  const results = join(folder, 'results.json');
  try {
    const { code, output } = await runNode('node_modules/jest/bin/jest.js', [
      '--reporters=<rootDir>/tools/test-reporter.mjs', `--testTimeout=${timeoutMs ?? 30_000}`,
      alone ? '--runInBand' : `--maxWorkers=${workers}`, '--runTestsByPath', ...files,
    ], {
      flags: ['--experimental-vm-modules', '--no-warnings'], show, timeoutMs: SUITE_MS[sizes],
      env: { ...env, NODE_ENV: 'test', MEREAU_SIZES: sizes, MEREAU_RESULTS: results },
    });
    const written = existsSync(results) ? readFileSync(results, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)) : [];
    const counts = countResults(written);
    const unexplained = code !== 0 && counts.failed === 0;
    const ended = `${name}: Jest ended with ${code} when ${written.length} of ${files.length} files were done`;
    return { output, slowest: slowestOf(written), ...(unexplained ? add(counts, { ...NOTHING, failed: 1, failedTests: [ended] }) : counts) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
