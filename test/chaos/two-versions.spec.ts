// The version before the last migration runs, tills redeem, and this version migrates the database under it, starts beside it, and is
// left alone in the end: an upgrade that stops nothing. Goal: each of the two serves whoever asks it, both take messages of both, nothing
// told is lost, nothing is buried, and every invariant holds.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { SCHEMAS } from '#libs/persistence';
import { seedOfRun, until } from '#libs/testing';
import { judgeDiary, settle } from '../../apps/cli/src/chaos/judgement.js';
import { keepRedeeming } from '../../apps/cli/src/chaos/load.js';
import { openScene, type Scene } from '../../apps/cli/src/chaos/scene.js';
import { openTheatre, type Theatre } from '../../apps/cli/src/chaos/theatre.js';
import { closeStatements } from '../../apps/cli/src/world/money-out.js';
import { brokenOfAll } from '../builders/all-invariants.js';

const seed = `${seedOfRun()}:versions`;
const HERE = process.cwd();
const VOUCHERS = 3_000;
/** Redemptions that each stage of the upgrade has to see. */
const EACH = 40;

/**
 * The newest commit that lacks a migration of today and has all its own as they are today: one that was changed before anybody had it is of
 * no version. Undefined where the history was not brought along.
 */
function versionBefore(): string | undefined {
  const migrations = ':(glob)prisma/*/migrations/**';
  const git = (...args: string[]) => (spawnSync('git', args, { cwd: HERE, encoding: 'utf8' }).stdout ?? '').split('\n').filter(Boolean);
  const parents = git('log', '-200', '--format=%P', '--', migrations).map((line) => line.split(' ')[0]!);
  return parents.find((commit) => {
    const changes = git('diff', '--name-status', '--no-renames', commit, 'HEAD', '--', migrations);
    return changes.length > 0 && changes.every((change) => change.startsWith('A\t'));
  });
}

/** As it was, with the packages of today; only what a schema changed is generated anew. */
function built(commit: string, root: string): void {
  execFileSync('sh', ['-c', `git archive ${commit} | tar -x -C ${root}`], { cwd: HERE });
  symlinkSync(join(HERE, 'node_modules'), join(root, 'node_modules'));
  if (existsSync(join(HERE, 'prisma', 'generated'))) cpSync(join(HERE, 'prisma', 'generated'), join(root, 'prisma', 'generated'), { recursive: true });
  execFileSync(process.execPath, ['tools/build.mjs'], { cwd: root, stdio: 'pipe' });
}

const before = versionBefore();

(before ? describe : describe.skip)(before ? 'two versions at once' : 'two versions at once (skipped: no history to build the older one from)', () => {
  const root = mkdtempSync(join(os.tmpdir(), 'mereau-older-'));
  let theatre: Theatre;
  let scene: Scene;
  /** Ended whatever happens: tills that redeem for ever would keep the test from its end. */
  const loads: ReturnType<typeof keepRedeeming>[] = [];
  const tillsRedeem = (...asked: Parameters<typeof keepRedeeming>) => {
    const load = keepRedeeming(...asked);
    loads.push(load);
    return load;
  };
  beforeAll(async () => {
    built(before!, root);
    theatre = await openTheatre('postgres', () => {}, { root });
    scene = await openScene(theatre, { seed, vouchers: VOUCHERS });
  }, 400_000);
  afterAll(async () => {
    await Promise.all(loads.map((load) => load.stop()));
    await theatre?.close();
    rmSync(root, { recursive: true, force: true });
    if (theatre) rmSync(theatre.dataDir, { recursive: true, force: true });
  }, 60_000);

  const count = async (sql: string): Promise<number> => {
    const client = new pg.Client({ connectionString: theatre.adminUrl });
    await client.connect();
    try {
      return Number((await client.query<{ n: string }>(sql)).rows[0]!.n);
    } finally {
      await client.end();
    }
  };
  const redeemed = () => count('select count(*) as n from redemption.redemption');
  const more = async (what: string) => {
    const had = await redeemed();
    await until(`tills redeem ${what}`, async () => await redeemed() >= had + EACH, 60_000);
  };

  it('serve side by side while the database is migrated, and the newer one alone after it', async () => {
    const older = tillsRedeem(scene, { seed: `${seed}:older`, tellersPerTill: 1 });
    await more('at the older version');
    const migrations = await count('select count(*) as n from public.migration');
    const newer = await theatre.join(HERE);
    expect(await count('select count(*) as n from public.migration')).toBeGreaterThan(migrations);
    const atNewer = { ...scene, tills: scene.tills.map((till) => till.at(newer.origins)), vouchers: [...scene.vouchers].reverse() };
    const besides = tillsRedeem(atNewer, { seed: `${seed}:newer`, tellersPerTill: 1 });
    await more('at both');
    // Whoever asks the older one is served by it, on the database of the newer one: a closing goes through every service but one.
    await closeStatements(scene.people.operator, EACH);
    await closeStatements(scene.people.operator.at(newer.origins), EACH);
    await more('after a closing at each');
    const toldByOlder = await older.stop();
    expect(theatre.services.map((service) => service.isRunning())).toEqual(SCHEMAS.map(() => true));
    for (const service of theatre.services) await service.stop();
    await more('at the newer version');
    const toldByNewer = await besides.stop();

    const alone = { ...theatre, services: newer.services };
    expect(await settle(alone)).toBeDefined();
    const diary = [...toldByOlder.map((entry) => ({ ...entry, till: entry.till.at(newer.origins) })), ...toldByNewer];
    const { acknowledged, lost } = await judgeDiary(alone, diary);
    expect(lost).toBe(0);
    expect(acknowledged).toBeGreaterThanOrEqual(3 * EACH);
    const letters = SCHEMAS.map((schema) => `(select count(*) from ${schema}.dead_letter)`).join(' + ');
    expect(await count(`select ${letters} as n`)).toBe(0);
    await until('every invariant holds', async () => (await brokenOfAll(theatre.inspectorUrl)).length === 0, 60_000);
  }, 400_000);
});
