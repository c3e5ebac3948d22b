// An auditor asks for evidence of a place's statement, with its documents, and hands the packet to somebody who has Node.js and one
// file. Goal: it convinces him, and no changed byte does.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isIncluded } from '#libs/proofs';
import { fakeIban, until } from '#libs/testing';
import { readPacket } from '../../apps/cli/src/verify/read-packet.js';
import { OneProcess, person } from './one-process.js';

const AUDITOR = person({ organisationKind: 'auditor', roles: ['auditor'] });

let scheme: OneProcess;
let statementId: string;
let packet: Buffer;
const folder = mkdtempSync(join(os.tmpdir(), 'mereau-evidence-'));

beforeAll(async () => {
  scheme = await OneProcess.open({ start: '2026-03-02T08:00:00.000Z', usableUntil: '2026-12-31', claimableUntil: '2027-02-28' }, { settings: { holdFirstRemittance: false } });
  const { people: { till, anna, cleo } } = scheme;
  let payeeId = '';
  await until('settlement knows the place', async () => {
    const { status, body } = await scheme.call(anna, 'POST', '/settlement/payees', { placeId: `plc_${till.partyId}`, legalName: 'Médiathèque', siren: '552081317' });
    payeeId = String(body['payeeId']);
    return status < 300;
  });
  const { bankAccountId } = await scheme.post<{ bankAccountId: string }>(`/settlement/payees/${payeeId}/bank-accounts`, { iban: fakeIban(70), holder: 'MEDIATHEQUE' }, anna);
  await scheme.post(`/settlement/payee-bank-accounts/${bankAccountId}/approvals`, { reason: 'compared with the RIB' }, cleo);
  const order = await scheme.orderOf('refund', 3, [{ payerId: scheme.council, basisPoints: 10_000 }]);
  for (const index of [0, 1]) expect((await scheme.redeem(order, index)).status).toBe(201);
  await until('every redemption has its number', async () => (await scheme.get<{ places: { count: number }[] }>('/redemption/totals')).places.some(({ count }) => count === 2));
  await scheme.post('/redemption/period-closings');
  await until('the statement is closed', async () => (await scheme.call(anna, 'POST', '/settlement/statement-closings', {})).status < 300
    && (await scheme.list('/settlement/statements')).length === 1);
  [{ statementId }] = await scheme.list<{ statementId: string }>('/settlement/statements') as [{ statementId: string }];
  await scheme.quiet();
  await scheme.post('/audit/checkpoints');
  packet = await scheme.bytes(`/audit/evidence?statementId=${statementId}`, AUDITOR);
}, 240_000);
afterAll(async () => {
  await scheme?.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

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
  });

  it('is the same bytes when it is asked for again', async () => {
    const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    expect(digest(await scheme.bytes(`/audit/evidence?statementId=${statementId}`, AUDITOR))).toBe(digest(packet));
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
    const { status, stdout } = alone(write('export.ndjson', await scheme.bytes('/audit/export', AUDITOR)));
    expect([status, stdout]).toEqual([0, expect.stringContaining('1 statements are the sum of their lines; of 0 no event tells all lines')]);
  });

  it('is not the only one: the place holds the proof of its own statement', async () => {
    const { status, body } = await scheme.call(scheme.people.till, 'GET', `/audit/statements/${statementId}/proof`);
    expect(status).toBe(200);
    const proof = body as unknown as { index: number; size: number; leaf: string; path: string[]; root: string };
    expect(isIncluded({ ...proof, leaf: Buffer.from(proof.leaf) })).toBe(true);
    const stranger = person({ organisationKind: 'place', roles: ['till'], partyId: AUDITOR.userId });
    expect((await scheme.call(stranger, 'GET', `/audit/statements/${statementId}/proof`)).body['code']).toBe('statement_not_told');
  });
});
