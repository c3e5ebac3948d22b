// An auditor asks for evidence of a place's statement, with its documents, from the running platform; and hands the packet to
// somebody who has Node.js and one file.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { localDate } from '#libs/kernel';
import { isIncluded } from '#libs/proofs';
import { seedOfRun, until } from '#libs/testing';
import { playLife, type Life } from '../../apps/cli/src/demo/life.js';
import { readPacket } from '../../apps/cli/src/verify/read-packet.js';
import { openLayout, type Running } from './layouts.js';

let running: Running;
let life: Life;
let statementId: string;
let packet: Buffer;
const folder = mkdtempSync(join(os.tmpdir(), 'mereau-evidence-'));

beforeAll(async () => {
  running = await openLayout('platform', 'postgres', `${seedOfRun()}:evidence`);
  const { plot, origins } = running;
  life = await playLife({ origins, nextKey: plot.nextKey, passwordFor: plot.passwordFor }, localDate(new Date().toISOString().slice(0, 10)), () => {});
  const { operator, auditor } = life.people;
  [{ statementId }] = await operator.list<{ statementId: string }>('/settlement/statements') as [{ statementId: string }];
  await until('audit has every event', async () => {
    const { senders } = await auditor.get<{ senders: { sender: string; missing: number }[] }>('/audit/completeness');
    const { steps } = await auditor.get<{ steps: { step: string }[] }>(`/audit/traces?statementId=${statementId}`).catch(() => ({ steps: [] as { step: string }[] }));
    return senders.every(({ missing }) => missing === 0) && steps.some(({ step }) => step === 'payment_debited');
  }, 30_000);
  await operator.post('/audit/checkpoints');
  packet = await fetched();
}, 180_000);
afterAll(async () => {
  await running?.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

async function fetched(): Promise<Buffer> {
  const response = await fetch(`${running.origins.audit}/audit/evidence?statementId=${statementId}`, { headers: { authorization: `Bearer ${await life.people.auditor.bearer()}` } });
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}
const write = (name: string, bytes: Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};
const alone = (path: string) => spawnSync(process.execPath, ['docs/mereau-verify.mjs', path], { encoding: 'utf8' });

describe('the evidence of a statement', () => {
  it('holds its text and its PDF, from the service that drew them', async () => {
    const files = await readPacket(write('packet.zip', packet));
    expect(JSON.parse(files.get('manifest.json')!.toString())).toMatchObject({ isCut: false, missing: [], begunWith: { statementId } });
    expect(files.get(`documents/${statementId}.fr.pdf`)!.subarray(0, 5).toString()).toBe('%PDF-');
    expect([...files.keys()].some((path) => path.startsWith('documents/inv_'))).toBe(true);
  });

  it('is the same bytes when it is asked for again', async () => {
    const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    expect(digest(await fetched())).toBe(digest(packet));
  });

  it('convinces somebody who has one file and Node.js, and not once a byte of it was changed', () => {
    const { status, stdout } = alone(write('packet.zip', packet));
    expect([status, stdout]).toEqual([0, expect.stringMatching(/\nverified: \d+ events, root [0-9a-f]{64}\n$/)]);
    const at = packet.indexOf('"netCents":');
    const forged = Buffer.from(packet);
    forged[at + 11] = forged[at + 11] === 0x31 ? 0x32 : 0x31;
    expect(alone(write('forged.zip', forged)).status).toBe(1);
  });

  it('is part of a log whose ledgers and statements add up, by the events alone', async () => {
    const { status, stdout } = alone(write('export.ndjson', Buffer.from(await life.people.auditor.text('/audit/export'))));
    expect([status, stdout]).toEqual([0, expect.stringContaining('2 statements are the sum of their lines; of 0 no event tells all lines')]);
  });

  it('is not the only one: the place holds the proof of its own statement', async () => {
    const proofs = await Promise.all(life.places.map(({ till }) => till.get<{ index: number; size: number; leaf: string; path: string[]; root: string }>(
      `/audit/statements/${statementId}/proof`).catch(() => undefined)));
    const [proof, ...others] = proofs.filter((found) => found !== undefined);
    expect(others).toEqual([]);
    expect(isIncluded({ ...proof!, leaf: Buffer.from(proof!.leaf) })).toBe(true);
  });
});
