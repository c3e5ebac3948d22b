// No room left while tills redeem: first where the tables are, then where the log of PostgreSQL is, which takes the server down. Goal:
// what cannot be written is refused as something to be asked again, nothing that was told is lost, and with room again all goes on.
// The disks are small file systems in memory that only root can mount.
import { spawnSync } from 'node:child_process';
import { closeSync, cpSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, chmodSync, chownSync, symlinkSync, writeSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { seedOfRun, until } from '#libs/testing';
import { judgeDiary, settle } from '../../apps/cli/src/chaos/judgement.js';
import { keepRedeeming } from '../../apps/cli/src/chaos/load.js';
import { openScene, type Scene } from '../../apps/cli/src/chaos/scene.js';
import { openTheatre, type Theatre } from '../../apps/cli/src/chaos/theatre.js';
import { startEmbedded } from '../../apps/cli/src/start/embedded-database.js';
import { brokenOfAll } from '../builders/all-invariants.js';

const seed = `${seedOfRun()}:disk`;
const VOUCHERS = 3_000;
const DATA_MB = 600;
const LOG_MB = 160;

const mounted: string[] = [];
/** False where this user may mount nothing. */
function mount(folder: string, megabytes: number): boolean {
  mkdirSync(folder, { recursive: true });
  const isDone = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0711`, 'tmpfs', folder]).status === 0;
  if (isDone) mounted.push(folder);
  return isDone;
}
const unmountAll = () => { for (const folder of mounted.splice(0).reverse()) spawnSync('umount', ['-l', folder]); };

const home = mkdtempSync(join(os.tmpdir(), 'mereau-disk-'));
chmodSync(home, 0o711);
const [dataDisk, logDisk] = [join(home, 'postgres'), join(home, 'wal')];
const mayMount = mount(dataDisk, DATA_MB) && mount(logDisk, LOG_MB);

/** Writes until there is no room for another byte; returns the file, which gives it back when it is removed. */
function fill(disk: string): string {
  const path = join(disk, 'filler');
  const file = openSync(path, 'w');
  for (let size = 1024 * 1024; size >= 1;) {
    try {
      writeSync(file, Buffer.alloc(size));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      size = Math.floor(size / 2);
    }
  }
  closeSync(file);
  return path;
}

/** A cluster whose log is on a disk of its own, as one has it who can afford two. */
async function makeCluster(): Promise<void> {
  await (await startEmbedded(process.cwd(), home, () => {})).stop();
  const [inData, onDisk] = [join(dataDisk, 'data', 'pg_wal'), join(logDisk, 'pg_wal')];
  const { uid, gid } = statSync(inData);
  cpSync(inData, onDisk, { recursive: true, preserveTimestamps: true });
  for (const path of spawnSync('find', [onDisk]).stdout.toString().trim().split('\n')) chownSync(path, uid, gid);
  chmodSync(onDisk, 0o700);
  rmSync(inData, { recursive: true });
  symlinkSync(onDisk, inData);
}

(mayMount ? describe : describe.skip)(mayMount ? 'a disk that is full' : 'a disk that is full (skipped: only root mounts a small one)', () => {
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
    await makeCluster();
    theatre = await openTheatre('postgres', () => {}, { dataDir: home });
    scene = await openScene(theatre, { seed, vouchers: VOUCHERS });
  }, 300_000);
  afterAll(async () => {
    await Promise.all(loads.map((load) => load.stop()));
    await theatre?.close();
    unmountAll();
    rmSync(home, { recursive: true, force: true });
  }, 60_000);

  const sql = async (text: string): Promise<Record<string, unknown>[]> => {
    const client = new pg.Client({ connectionString: theatre.adminUrl });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  const logOf = (name: string) => theatre.services.find((service) => service.name === name)!.log;
  /** Vouchers from the end: the tills of the load take theirs from the beginning. */
  let left = VOUCHERS;
  const ask = async (key: string, voucher = scene.vouchers[--left]!) => {
    const answer = await scene.tills[0]!.tryPost('/redemption/redemptions', { code: voucher.code, serviceDate: scene.today }, key);
    return { ...answer, voucher, code: (answer.body as { code?: string }).code };
  };
  /** The first answer that is no yes, and the voucher that it is about. */
  const refusal = async () => {
    for (;;) {
      const key = uuidv7();
      const answer = await ask(key);
      if (answer.status !== 201) return { ...answer, key };
    }
  };
  const judged = async (diary: Parameters<typeof judgeDiary>[1]) => {
    expect(await settle(theatre)).toBeDefined();
    const verdict = await judgeDiary(theatre, diary);
    await until('every invariant holds', async () => (await brokenOfAll(theatre.inspectorUrl)).length === 0, 60_000);
    expect(verdict.lost).toBe(0);
    return verdict;
  };

  it('for tables refuses what it cannot write as something to ask again, says so in the log, and loses nothing', async () => {
    const load = tillsRedeem(scene, { seed: `${seed}:data`, tellersPerTill: 2 });
    await until('tills redeem', async () => Number((await sql('select count(*) as n from redemption.redemption'))[0]!['n']) > 20, 30_000);
    const filler = fill(dataDisk);
    let refused: Awaited<ReturnType<typeof refusal>>;
    try {
      refused = await refusal();
      expect([refused.status, refused.code]).toEqual([503, 'unavailable']);
      await until('somebody is told', async () => /53100|No space left on device/.test(logOf('redemption')), 10_000);
    } finally {
      rmSync(filler);
    }
    const again = await ask(refused.key, refused.voucher);
    expect(again.status).toBe(201);
    const { acknowledged } = await judged(await load.stop());
    expect(acknowledged).toBeGreaterThan(20);
  }, 300_000);

  it('for the log of PostgreSQL stops the server; what it had told stands when there is room, and what waited goes on', async () => {
    const load = tillsRedeem(scene, { seed: `${seed}:log`, tellersPerTill: 2 });
    const before = Number((await sql('select count(*) as n from redemption.redemption'))[0]!['n']);
    await until('tills redeem', async () => Number((await sql('select count(*) as n from redemption.redemption'))[0]!['n']) > before + 20, 30_000);
    const filler = fill(logDisk);
    // Segments that were made ahead are used up at once instead of in an hour.
    let isDown = false;
    for (let segment = 0; !isDown && segment < 50; segment += 1) {
      isDown = await sql('select pg_switch_wal(), pg_logical_emit_message(false, $$fill$$, repeat($$x$$, 1000))').then(() => false, () => true);
    }
    expect(isDown).toBe(true);
    const answer = await refusal();
    expect([answer.status, answer.code]).toEqual([503, 'unavailable']);
    rmSync(filler);
    await theatre.crashDatabase();
    const again = await until('a till is answered again', async () => (await ask(answer.key, answer.voucher)).status === 201, 60_000).then(() => ask(answer.key, answer.voucher));
    expect(again.status).toBe(201);
    const { acknowledged } = await judged(await load.stop());
    expect(acknowledged).toBeGreaterThan(20);
  }, 300_000);
});
