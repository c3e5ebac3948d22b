// An auditor takes the packet of a statement, and of the bank line that paid it, from the page, and hands it to somebody who was not
// there. Goal: that person checks every file and every proof with nothing but the packet and a checkpoint that was kept elsewhere, and
// one changed byte is found in the file that it is in.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LEAF_PATH, manifestSchema, PATHS, proofPath, proofSchema, type Manifest } from '#libs/evidence';
import { localDate } from '#libs/kernel';
import { faultOf, isIncluded, keysOf, type SignedCheckpoint } from '#libs/proofs';
import { seedOfRun, until } from '#libs/testing';
import { playLife, type Life } from '../../apps/cli/src/demo/life.js';
import { CODES_TO_TRY, codeNow } from '../../apps/cli/src/world/authenticator.js';
import type { Person } from '../../apps/cli/src/world/api.js';
import { readPacket } from '../../apps/cli/src/verify/read-packet.js';
import { verifyPacket } from '../../apps/cli/src/verify/verify-packet.js';
import { openLayout, type Running } from './layouts.js';

type Packet = Readonly<{ zip: Buffer; path: string; files: ReadonlyMap<string, Buffer>; manifest: Manifest }>;
type Verdict = Readonly<{ code: number; verified: boolean; firstWrong: Readonly<{ check: string; path: string }> | null }>;

const today = localDate(new Date().toISOString().slice(0, 10));
const folder = mkdtempSync(join(os.tmpdir(), 'mereau-evidence-'));
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
/** What is needed to verify, on a machine that has nothing else of ours. */
const VERIFIER = 'docs/mereau-verify.mjs';

describe('a packet of evidence that an auditor hands on', () => {
  let running: Running;
  let life: Life;
  /** Kept since before the packet was asked for. */
  let kept: SignedCheckpoint;
  let statementId: string;
  let bankLineId: string;
  const packets: Record<string, Packet> = {};

  beforeAll(async () => {
    running = await openLayout('platform', 'postgres', `${seedOfRun()}:evidence`);
    life = await playLife(running.setting, today, () => {});
    const { operator, auditor } = life.people;
    await until('audit has every event', async () => {
      const { senders } = await auditor.get<{ senders: { missing: number; sealed: number; events: number }[] }>('/audit/completeness');
      return senders.length === 4 && senders.every(({ missing, sealed, events }) => missing === 0 && sealed === events);
    }, 30_000);
    kept = await operator.post<SignedCheckpoint>('/audit/checkpoints');
    writeFileSync(join(folder, 'kept.txt'), kept.note);
    const { steps } = await auditor.get<{ steps: { step: string; ids: Record<string, string> }[] }>(`/audit/traces?redemptionId=${life.redeemed[0]!.redemptionId}`);
    const idOn = (name: string, noun: string) => steps.find(({ step }) => step === name)!.ids[noun]!;
    [statementId, bankLineId] = [idOn('statement_closed', 'statement'), idOn('payment_debited', 'bankLine')];
    const cookie = await cookieOf(auditor);
    for (const id of [statementId, bankLineId]) packets[id] = await taken(id, cookie);
  }, 180_000);
  afterAll(async () => {
    await running?.close();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  /** As a browser has it after password and, for staff, second factor. */
  async function cookieOf({ email }: Person): Promise<string> {
    const origin = running.origins.identity;
    const post = (path: string, body: object, cookie = '') => fetch(origin + path, {
      method: 'POST', headers: { 'content-type': 'application/json', origin, cookie }, body: JSON.stringify(body),
    });
    const cookie = cookiesIn(await post('/identity/auth/sign-in/email', { email, password: running.plot.passwordFor(email) }));
    const secret = running.setting.authenticators!.secretOf(email);
    if (secret === undefined) return cookie;
    for (const ahead of CODES_TO_TRY) {
      const answer = await post('/identity/second-factors/codes', { code: await codeNow(secret, ahead) }, cookie);
      if (answer.ok) return [cookie, cookiesIn(answer)].filter((text) => text !== '').join('; ');
    }
    throw new Error(`no code of ${email} was taken`);
  }
  const cookiesIn = (answer: Response): string => answer.headers.getSetCookie().map((line) => line.split(';', 1)[0]).join('; ');

  /** From the page, as the button does it. */
  async function taken(of: string, cookie: string): Promise<Packet> {
    const answer = await fetch(`${running.origins.identity}/evidence?of=${of}`, { headers: { cookie }, redirect: 'manual' });
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition')])
      .toEqual([200, 'application/zip', `attachment; filename="${of}.evidence.zip"`]);
    const zip = Buffer.from(await answer.arrayBuffer());
    const path = join(folder, `${of}.zip`);
    writeFileSync(path, zip);
    const files = await readPacket(path);
    return { zip, path, files, manifest: manifestSchema.parse(JSON.parse(files.get(PATHS.manifest)!.toString())) };
  }

  /** By the one file that an auditor has, against the checkpoint that was kept and the key that signed it. */
  async function verified(path: string): Promise<Verdict> {
    const run = promisify(execFile)(process.execPath, [VERIFIER, path, '--checkpoint', join(folder, 'kept.txt'), '--key', kept.keyId, '--json'], { env: {} });
    const { code, stdout } = await run.then(({ stdout }) => ({ code: 0, stdout }), (error: { code: number; stdout: string }) => error);
    return { code, ...JSON.parse(stdout) as Omit<Verdict, 'code'> };
  }

  /** One bit of one byte of a file: nothing in a packet is compressed, so its bytes stand in the zip as they are. */
  function altered({ zip, files }: Packet, name: string, part = 0.5): string {
    const content = files.get(name)!;
    const at = zip.indexOf(content) + Math.floor(content.length * part);
    const changed = Buffer.from(zip);
    changed[at]! ^= 1;
    const path = join(folder, 'altered.zip');
    writeFileSync(path, changed);
    return path;
  }

  const both = () => Object.entries(packets);

  it('is about the statement, or the bank line, under the checkpoint that was kept', () => {
    expect(both().map(([, { manifest: { begunWith, size, root, isCut } }]) => ({ begunWith, size, root, isCut }))).toEqual([
      { begunWith: { statementId }, size: kept.size, root: kept.root, isCut: false },
      { begunWith: { bankLineId }, size: kept.size, root: kept.root, isCut: false },
    ]);
  });

  it('holds each file with the SHA-256 of its manifest, and none besides', () => {
    for (const [of, { files, manifest }] of both()) {
      const besides = [...files.keys()].filter((path) => path !== PATHS.manifest);
      expect([of, besides.sort()]).toEqual([of, manifest.files.map(({ path }) => path).sort()]);
      for (const { path, bytes, sha256: told } of manifest.files) {
        const content = files.get(path)!;
        expect([of, path, content.length, sha256(content)]).toEqual([of, path, bytes, told]);
      }
    }
  });

  it('holds the statement, as it was sealed and as its place reads it, and the invoice of the payer', () => {
    for (const [, { files, manifest }] of both()) {
      const text = files.get(`documents/${statementId}.txt`)!;
      const closed = [...files].find(([path, bytes]) => LEAF_PATH.test(path) && bytes.includes('"type":"statement.closed.v1"'))![1];
      expect((JSON.parse(closed.toString()) as { body: { sha256: string } }).body.sha256).toBe(sha256(text));
      const drawn = [...files].filter(([path]) => path.endsWith('.pdf'));
      expect(drawn.map(([path]) => path)).toEqual(expect.arrayContaining([`documents/${statementId}.fr.pdf`]));
      expect(drawn.map(([, bytes]) => bytes.subarray(0, 5).toString())).toEqual(drawn.map(() => '%PDF-'));
      expect(manifest.missing).toEqual([]);
    }
  });

  it('proves each event, from the bank line of the payer to that of the place, by the kept checkpoint alone', () => {
    for (const [of, { files }] of both()) {
      const { keys } = JSON.parse(files.get(PATHS.keys)!.toString()) as { keys: { pem: string }[] };
      expect([of, faultOf(kept, keysOf(keys.map(({ pem }) => pem)))]).toEqual([of, undefined]);
      const types = [...files].flatMap(([path, leaf]) => {
        const named = LEAF_PATH.exec(path)?.groups;
        if (!named) return [];
        const index = Number(named['index']);
        const proof = proofSchema.parse(JSON.parse(files.get(proofPath(index, named['eventId']!))!.toString()));
        const { size, root } = kept;
        expect([path, isIncluded({ index, size, leaf, path: proof.path, root })]).toEqual([path, true]);
        expect([path, isIncluded({ index, size, leaf: Buffer.concat([leaf, Buffer.from(' ')]), path: proof.path, root })]).toEqual([path, false]);
        return [(JSON.parse(leaf.toString()) as { type: string }).type];
      });
      expect([of, types]).toEqual([of, expect.arrayContaining([
        'bank_credit.booked.v1', 'receipt.matched.v1', 'batch.created.v1', 'range.activated.v1', 'voucher.redeemed.v1', 'statement.closed.v1', 'payment.booked.v1',
      ])]);
    }
  });

  it('is verified by one file that knows no installation', async () => {
    for (const [, { path }] of both()) expect(await verified(path)).toMatchObject({ code: 0, verified: true, firstWrong: null });
  });

  it('is not, when one byte of any one file differs, and that file is named', async () => {
    const trust = { keyIds: [kept.keyId], kept: [kept] };
    for (const [of, packet] of both()) {
      for (const name of packet.files.keys()) {
        if (name === PATHS.manifest) continue;
        const { verified: isVerified, firstWrong } = await verifyPacket(altered(packet, name), trust);
        expect([of, name, isVerified, firstWrong?.path]).toEqual([of, name, false, name]);
      }
    }
    const [leaf] = [...packets[statementId]!.files.keys()].filter((path) => LEAF_PATH.test(path));
    for (const name of [leaf!, `documents/${statementId}.fr.pdf`, PATHS.pages.fr]) {
      expect(await verified(altered(packets[statementId]!, name))).toMatchObject({ code: 1, verified: false, firstWrong: { path: name } });
    }
  });

  it('is not, when one byte of its manifest differs, wherever that is', async () => {
    const packet = packets[statementId]!;
    const bytesAt = packet.files.get(PATHS.manifest)!.indexOf('"bytes":') + '"bytes":'.length;
    const parts = [bytesAt / packet.files.get(PATHS.manifest)!.length, ...Array.from({ length: 40 }, (_, at) => (at + 0.5) / 40)];
    for (const part of parts) {
      expect([part, (await verifyPacket(altered(packet, PATHS.manifest, part), { keyIds: [], kept: [] })).verified]).toEqual([part, false]);
    }
  });

  it('is given to nobody who is neither auditor nor operator', async () => {
    const till = life.places[0]!.till;
    for (const path of [`/audit/evidence?statementId=${statementId}`, `/audit/evidence?bankLineId=${bankLineId}`]) {
      const answer = await fetch(running.origins.audit + path, { headers: { authorization: `Bearer ${await till.bearer()}` } });
      expect([path, answer.status]).toEqual([path, 403]);
    }
    expect((await fetch(`${running.origins.identity}/evidence?of=${statementId}`, { headers: { cookie: await cookieOf(till) }, redirect: 'manual' })).status).toBe(403);
    expect((await fetch(`${running.origins.identity}/evidence?of=${statementId}`, { redirect: 'manual' })).status).not.toBe(200);
  });
});
