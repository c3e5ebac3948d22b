// Somebody with every right to the database changes one event, makes the whole log anew so that nothing in it contradicts itself,
// and removes what was signed over it. Goal: it is found, by us at the next checkpoint and by whoever kept an older one.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { inspect } from '#libs/invariants';
import type { SignedCheckpoint } from '#libs/proofs';
import { until } from '#libs/testing';
import { verifyExport } from '../../apps/cli/src/verify/verify-export.js';
import { OneProcess, person } from './one-process.js';

const AUDITOR = person({ organisationKind: 'auditor', roles: ['auditor'] });
/** The amount of one redemption, and then the log as if it had always been so. Only signatures cannot be made anew. */
const REWRITE = `
  update audit.event set body = jsonb_set(body, '{amountCents}', '1') where id = (select id from audit.event where type = 'voucher.redeemed.v1' order by seq limit 1);
  update audit.event e set leaf_hash = sha256('\\x00'::bytea || convert_to(audit.canonical_json(audit.leaf_json(e)), 'UTF8'));
  delete from audit.checkpoint; delete from audit.sealing where size > 0; delete from audit.tree_node; delete from audit.sealed_stretch;`;

let scheme: OneProcess;
let kept: SignedCheckpoint;
const folder = mkdtempSync(join(os.tmpdir(), 'mereau-rewritten-'));

beforeAll(async () => {
  scheme = await OneProcess.open({ start: '2026-03-02T08:00:00.000Z', usableUntil: '2026-12-31', claimableUntil: '2027-02-28' });
  const order = await scheme.orderOf('refund', 3, [{ payerId: scheme.council, basisPoints: 10_000 }]);
  expect((await scheme.redeem(order, 0)).status).toBe(201);
  await scheme.quiet();
  kept = await scheme.post<SignedCheckpoint & Record<string, unknown>>('/audit/checkpoints');
  await until('settlement keeps the checkpoint', async () => Number((await rows('select count(*) as n from settlement.known_checkpoint'))[0]!['n']) === 1);
}, 120_000);
afterAll(async () => {
  await scheme?.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

async function rows(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: scheme.database.adminUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
const exported = async (name: string): Promise<string> => {
  const path = join(folder, name);
  writeFileSync(path, (await scheme.call(AUDITOR, 'GET', '/audit/export')).text);
  return path;
};
const brokenOf = async (id: string) => (await inspect(scheme.database.inspectorUrl)).broken.filter(({ invariant }) => invariant === id);

describe('a history that was rewritten whole', () => {
  it('was true before', async () => {
    expect(await verifyExport(await exported('before.ndjson'), { keyIds: [], kept: [kept] })).toMatchObject({ verified: true, firstWrong: null });
  });

  it('is signed by nobody while the file of checkpoints is there, and lets no money go', async () => {
    await rows(`begin; set local session_replication_role = replica; ${REWRITE} commit`);
    const refused = await scheme.call(scheme.people.anna, 'POST', '/audit/checkpoints', {});
    expect([refused.status, refused.body['code']]).toEqual([409, 'checkpoint_contradicted']);
    await until('settlement stops paying', async () => (await scheme.list<{ invariant: string; service: string }>('/settlement/payout-stops'))
      .some(({ invariant, service }) => invariant === 'A5' && service === 'audit'));
  });

  it('is found by settlement at the next checkpoint, when even the file is gone', async () => {
    scheme.removeFile('audit-checkpoints.ndjson');
    const signed = await scheme.call(scheme.people.anna, 'POST', '/audit/checkpoints', {});
    expect(signed.status).toBe(201);
    await until('settlement was told', async () => (await rows('select 1 from settlement.known_checkpoint')).length === 2);
    expect(await brokenOf('A8')).toEqual([expect.objectContaining({ rowNamed: `checkpoint:${Number(signed.body['size'])}` })]);
    // Nothing in audit contradicts itself any more: without what others keep, it would be believed.
    expect([await brokenOf('A3'), await brokenOf('A4'), await brokenOf('A5')]).toEqual([[], [], []]);
  });

  it('is believed by a verifier who kept nothing, and by none who kept one checkpoint', async () => {
    const path = await exported('after.ndjson');
    const alone = await verifyExport(path, { keyIds: [], kept: [] });
    expect(alone.checks.filter(({ isRight }) => !isRight).map(({ name }) => name)).toEqual([]);
    const verdict = await verifyExport(path, { keyIds: [], kept: [kept] });
    expect(verdict).toMatchObject({ verified: false, firstWrong: { check: 'kept', reason: expect.stringContaining(`the kept checkpoint of ${kept.size} leaves has another root`) } });
  });
});
