// Checkpoints: what is signed, where it goes, who may see it, and what is never signed.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EMPTY_ROOT, isConsistent } from '#libs/proofs';
import { AUDITOR, AuditWorld, OPERATOR } from '../../../../test/builders/audit-world.js';
import { CHECKPOINT_FILE } from './checkpoint-file.js';
import { PublishCheckpoint, type Published } from './publish-checkpoint.command.js';

let world: AuditWorld;
beforeAll(async () => { world = await AuditWorld.create(); });
afterAll(async () => { await world.close(); });

const take = (count: number) => world.take('issuance', Array.from({ length: count }, (_, number) => ({ type: 'test.said.v1', body: { number } })));
const filed = () => readFileSync(join(world.dataDir, CHECKPOINT_FILE), 'utf8').split('\n').slice(0, -1).map((line) => {
  try {
    return JSON.parse(line) as { size: number; root: string; note: string };
  } catch {
    return undefined;
  }
});
const openssl = (() => {
  try {
    execFileSync('openssl', ['version']);
    return true;
  } catch {
    return false;
  }
})();

describe('a checkpoint on command', () => {
  it('of an empty log is refused', async () => {
    expect((await world.post('checkpoints')).body.code).toBe('log_empty');
    expect((await world.get('checkpoints/latest', null)).body.code).toBe('checkpoint_not_found');
  });

  it('seals to the end, signs at the moment of the clock, and tells settlement and the file', async () => {
    await take(5);
    const { status, body } = await world.post('checkpoints');
    expect(status).toBe(201);
    expect(body).toMatchObject({ size: 5, time: '2026-03-02T10:00:00.000Z', origin: 'mereau.example/audit', isNew: true });
    expect((await world.get('checkpoints/latest', null)).body).toMatchObject({ size: 5, note: body['note'] });
    expect(filed()).toEqual([expect.objectContaining({ size: 5, note: body['note'] })]);
    const { rows } = await world.admin.query<{ message: { type: string; body: unknown } }>('select m.message from audit.outbox, jsonb_array_elements(messages) m(message)');
    const { size, root, time, origin, keyId, signature } = body;
    expect(rows.map(({ message }) => message)).toEqual([expect.objectContaining({ type: 'checkpoint.published.v1', body: { size, root, time, origin, keyId, signature, follows: { size: 0, root: EMPTY_ROOT, path: [] } } })]);
  });

  it('tells a repeated key its old answer, and stands while nothing comes', async () => {
    await take(1);
    const key = randomUUID();
    const first = await world.post('checkpoints', OPERATOR, key);
    await take(1);
    expect((await world.post('checkpoints', OPERATOR, key)).body).toEqual(first.body);
    expect((await world.post('checkpoints', AUDITOR)).body).toMatchObject({ size: 7, isNew: true });
    expect((await world.post('checkpoints')).body).toMatchObject({ size: 7, isNew: false });
    expect((await world.get('checkpoints?limit=2', null)).body).toMatchObject({ items: [{ size: 7 }, { size: 6 }], nextCursor: expect.any(String) });
    const cursor = String((await world.get('checkpoints?limit=2', null)).body['nextCursor']);
    expect((await world.get(`checkpoints?cursor=${cursor}`, null)).body).toMatchObject({ items: [{ size: 5 }], nextCursor: null });
  });

  it('is signed once by two who ask at the same time', async () => {
    await take(1);
    const both = await Promise.all([world.post('checkpoints'), world.post('checkpoints', AUDITOR)]);
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    expect(new Set(both.map(({ body }) => body['note'])).size).toBe(1);
  });

  it('is for operators and auditors; reading is for anyone', async () => {
    const till = { ...OPERATOR, userId: randomUUID(), organisationKind: 'place' as const, roles: ['till' as const] };
    expect((await world.post('checkpoints', till)).status).toBe(403);
    expect((await world.get('keys', null)).body).toMatchObject({ origin: 'mereau.example/audit', keys: [{ keyId: expect.any(String), pem: expect.stringContaining('PUBLIC KEY') }] });
    expect((await world.get('export', null)).status).toBe(401);
    expect((await world.get('export', OPERATOR)).status).toBe(403);
  });

  (openssl ? it : it.skip)(`is verified by openssl alone${openssl ? '' : ' (skipped: no openssl)'}`, async () => {
    const { note } = (await world.get('checkpoints/latest', null)).body as unknown as { note: string };
    const [{ pem }] = ((await world.get('keys', null)).body as unknown as { keys: [{ pem: string }] }).keys;
    const [text, line] = note.split('\n\n');
    const path = (name: string) => join(world.dataDir, name);
    writeFileSync(path('key.pem'), pem);
    writeFileSync(path('text'), `${text}\n`);
    writeFileSync(path('signature'), Buffer.from(line!.trim().split(' ')[2]!, 'base64').subarray(4));
    const verify = () => execFileSync('openssl', ['pkeyutl', '-verify', '-pubin', '-inkey', path('key.pem'), '-rawin', '-in', path('text'), '-sigfile', path('signature')], { stdio: 'pipe' }).toString();
    expect(verify()).toMatch(/Verified Successfully/);
    appendFileSync(path('text'), 'more\n');
    expect(verify).toThrow();
  });
});

describe('the list of checkpoints', () => {
  it('proves to anybody that each follows the one before', async () => {
    type Listed = Readonly<{ size: number; root: string; follows: Readonly<{ size: number; path: string[] }> | null }>;
    const { items } = (await world.get('checkpoints?limit=50', null)).body as unknown as { items: Listed[] };
    expect(items.length).toBeGreaterThan(2);
    for (const [at, { size, root, follows }] of items.entries()) {
      const before = items[at + 1];
      expect(follows?.size).toBe(before?.size);
      if (!before) continue;
      expect(isConsistent({ from: before.size, to: size, fromRoot: before.root, toRoot: root, path: follows!.path })).toBe(true);
    }
    // The last of a page follows one that the page does not show.
    expect((await world.get('checkpoints?limit=1', null)).body).toMatchObject({ items: [{ follows: { size: items[1]!.size } }] });
  });
});

describe('the timer', () => {
  const due = () => world.commands.execute(new PublishCheckpoint({ kind: 'process', name: 'test', correlationId: 'test' }, 'when due')) as Promise<Published | null>;

  it('signs when an hour is over on the clock that was handed in, and never twice the same', async () => {
    await take(1);
    expect(await due()).toBeNull();
    world.clock.set('2026-03-02T11:00:00.000Z');
    expect(await due()).toMatchObject({ size: 9, time: '2026-03-02T11:00:00.000Z', isNew: true });
    world.clock.set('2026-03-02T13:00:00.000Z');
    expect(await due()).toMatchObject({ size: 9, isNew: false });
  });
});

describe('the file of checkpoints', () => {
  it('gets what a crash left out, also after a line that was cut off', async () => {
    const path = join(world.dataDir, CHECKPOINT_FILE);
    const lines = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, `${lines.slice(0, 2).join('\n')}\n${lines[2]!.slice(0, 40)}`);
    await world.post('checkpoints');
    expect(filed().map((line) => line?.size)).toEqual([5, 6, undefined, 7, 8, 9]);
  });
});

describe('nothing is signed', () => {
  it.each([
    ['over an edited leaf', `update audit.sealed_stretch set hashes = overlay(hashes placing sha256('x') from 8 * 32 + 1)`],
    ['over a forged checkpoint', `update audit.checkpoint set signature = sha512('forged') where size = (select max(size) from audit.checkpoint)`],
    ['over a log that was made anew', `delete from audit.checkpoint; delete from audit.sealing where size > 0; delete from audit.tree_node; delete from audit.sealed_stretch;
      delete from audit.event where seq = 1; update audit.event set seq = seq - 1`],
  ])('%s', async (_what, sql) => {
    const copy = await AuditWorld.create();
    try {
      await copy.take('issuance', Array.from({ length: 9 }, (_, number) => ({ type: 'test.said.v1', body: { number } })));
      expect((await copy.post('checkpoints')).status).toBe(201);
      await copy.tamper(sql);
      expect((await copy.post('checkpoints')).body).toMatchObject({ code: 'checkpoint_contradicted', details: { size: 9 } });
      expect((await copy.post('checkpoints')).body.code).toBe('checkpoint_contradicted');
      // Settlement is told, once and not at each look: it lets no money go.
      const { rows } = await copy.admin.query<{ message: object }>(`select m.message from audit.outbox, jsonb_array_elements(messages) m(message) where m.message ->> 'type' = 'invariant.broken.v1'`);
      expect(rows.map(({ message }) => message)).toEqual([expect.objectContaining({ body: expect.objectContaining({ invariant: 'A5', rowNamed: 'checkpoint:9' }) })]);
    } finally {
      await copy.close();
    }
  }, 60_000);
});
