// A boundary check that sees no module reports success. So each rule is broken once on purpose, in a small copy of the
// tree, and has to be the rule that catches it.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

type Violation = { rule: { name: string }; from: string };

const door = (lib: string, imports = '') => [`libs/${lib}/src/index.ts`, `${imports}export const ${lib} = 1;\n`] as const;
const use = (target: string, name = 'x') => `import * as ${name} from '${target}';\nexport const used = ${name};\n`;

/** Rule, file that breaks it, its text, and what else the text needs. */
const PLANTED: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['service-is-an-island', 'apps/issuance/src/island.ts', use('../../settlement/src/settlement.module.js')],
  ['platform-composes-modules', 'apps/platform/src/reach.ts', use('../../issuance/src/inner.js')],
  ['web-speaks-http', 'apps/web/src/table.ts', use('#libs/persistence')],
  ['libs-know-no-app', 'libs/http/src/app.ts', use('../../../apps/issuance/src/inner.js')],
  ['kernel-knows-nothing', 'libs/kernel/src/knows.ts', use('node:fs')],
  ['contracts-know-little', 'libs/contracts/src/much.ts', use('#libs/http')],
  ['pure-stays-pure', 'apps/issuance/src/rule.decision.ts', use('node:crypto')],
  ['one-door-per-lib', 'apps/issuance/src/window.ts', use('../../../libs/http/src/inner.js')],
  ['own-schema-only', 'apps/issuance/src/foreign.store.ts', use('../../../prisma/generated/settlement/client.js')],
  ['client-in-stores', 'apps/issuance/src/client.ts', use('../../../prisma/generated/issuance/client.js')],
  ['edge-reads-no-table', 'apps/issuance/src/edge.controller.ts', use('./do.handler.js')],
  ['queues-live-in-messaging', 'apps/issuance/src/queue.ts', use('bullmq')],
  ['stripe-lives-in-stripe', 'apps/issuance/src/card.ts', use('stripe')],
  ['workbooks-live-in-spreadsheet', 'apps/issuance/src/workbook.ts', use('exceljs')],
  ['tests-stay-out', 'apps/issuance/src/testing.ts', use('#libs/testing')],
  ['till-pool-in-collector', 'apps/redemption/src/elsewhere.ts', use('./till/till-pool.js')],
  ['no-cycle', 'apps/issuance/src/about.ts', use('./round.js')],
  ['no-dead-file', 'apps/issuance/src/dead.ts', 'export const dead = 1;\n'],
  ['resolvable', 'apps/issuance/src/nowhere.ts', use('./does-not-exist.js')],
];

const SURROUNDINGS: readonly (readonly [file: string, text: string])[] = [
  door('http'), door('kernel'), door('contracts'), door('persistence'), door('testing'),
  ['libs/http/src/inner.ts', 'export const inner = 1;\n'],
  ['apps/issuance/src/inner.ts', 'export const inner = 1;\n'],
  ['apps/issuance/src/do.handler.ts', 'export const handler = 1;\n'],
  ['apps/issuance/src/round.ts', use('./about.js')],
  ['apps/settlement/src/settlement.module.ts', 'export const module = 1;\n'],
  ['apps/redemption/src/till/till-pool.ts', 'export const pool = 1;\n'],
  ['prisma/generated/issuance/client.ts', 'export const client = 1;\n'],
  ['prisma/generated/settlement/client.ts', 'export const client = 1;\n'],
];

let folder: string;
let violations: Violation[];

beforeAll(() => {
  folder = mkdtempSync(join(os.tmpdir(), 'mereau-boundaries-'));
  for (const [file, text] of [...SURROUNDINGS, ...PLANTED.map(([, file, text]) => [file, text] as const)]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) cpSync(resolve(file), join(folder, file));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  violations = cruise(folder);
}, 60_000);
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

function cruise(cwd: string): Violation[] {
  const cli = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [cli, 'apps', 'libs', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  let out: string;
  try {
    out = execFileSync(process.execPath, args, { cwd, encoding: 'utf8', maxBuffer: 64_000_000, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    out = (error as { stdout: string }).stdout; // it exits with the number of errors that it found
  }
  return (JSON.parse(out) as { summary: { violations: Violation[] } }).summary.violations;
}

describe('the boundary rules', () => {
  it.each(PLANTED.map(([rule, file]) => [rule, file]))('catch, by %s, what is planted in %s', (rule, file) => {
    expect(violations.filter(({ from }) => from === file).map((violation) => violation.rule.name)).toContain(rule);
  });

  it('are all planted against: none is there that no test has seen work', async () => {
    const config = (await import(resolve('.dependency-cruiser.cjs'))) as { default: { forbidden: { name: string }[] } };
    expect(PLANTED.map(([rule]) => rule).sort()).toEqual(config.default.forbidden.map(({ name }) => name).sort());
  });
});
