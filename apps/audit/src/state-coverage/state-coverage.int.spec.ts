// The public statements, on a real database: a chain that nobody can change, and that anybody can check.
import { execFileSync } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ControlTotalsPublishedV1 } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { AuditWorld } from '../../../../test/builders/audit-world.js';
import type { Coverage } from './coverage.decision.js';

type Shown = Readonly<{
  number: number; previous: string | null; day: string; final: boolean; content: string; sha256: string; keyId: string; signature: string;
}>;
const CUSTODY = '01900000-0000-7000-8000-0000000000aa';
const A7 = CATALOGUE.filter(({ id }) => id === 'A7');

let world: AuditWorld;
const numbers = { issuance: 0, redemption: 0, settlement: 0 };
beforeAll(async () => { world = await AuditWorld.create(); });
afterAll(() => world.close());

/** All three ledgers tell a day: so much on the bank, and so much owed to payers. */
async function tell(day: string, { bank = 1000, owed = 1000, final = true } = {}): Promise<void> {
  const line = (account: string, amountCents: number) => ({ custodyAccountId: CUSTODY, programmeId: null, account, amountCents });
  const lines = {
    issuance: [line('unmatched', -owed), line('clearing', owed)], redemption: [], settlement: [line(`bank:${CUSTODY}`, bank), line('clearing', -bank)],
  };
  for (const ledger of ['issuance', 'redemption', 'settlement'] as const) {
    numbers[ledger] += 1;
    const stated = ledger === 'settlement' ? [{
      custodyAccountId: CUSTODY, kind: 'bank' as const, statedOn: day, statedCents: 1000, countedCents: 1000, ledgerCents: bank, differences: [], unaccountedCents: 1000 - bank,
    }] : [];
    await world.take(ledger, [{
      type: ControlTotalsPublishedV1.type,
      body: { number: numbers[ledger], day, final, cutAt: `${day}T22:00:00.000Z`, currency: 'EUR', lines: lines[ledger], stated },
    }]);
  }
}
const state = async () => (await world.post('coverage')).body['stated'] as { number: number; day: string; final: boolean }[];
const ofDay = async (day: string) => (await world.get(`coverage/${day}`, null)).body as unknown as Shown;
const coverage = ({ content }: Shown) => JSON.parse(content) as Coverage;

describe('a day', () => {
  it('is stated once, when all ledgers have told it, and anybody may read it', async () => {
    expect((await world.get('coverage/2026-02-27', null)).body.code).toBe('coverage_not_stated');
    await tell('2026-02-27');
    expect(await state()).toMatchObject([{ number: 1, day: '2026-02-27', final: true }]);
    expect(await state()).toEqual([]);
    const shown = await ofDay('2026-02-27');
    expect(coverage(shown).custodyAccounts).toMatchObject([{ custodyAccountId: CUSTODY, assetsCents: 1000, liabilitiesCents: 1000, state: 'covered' }]);
    expect((await world.get('coverage/2026-02-30', null)).status).toBe(400);
  });

  it('that runs may be stated again and again; when it is over, that statement stands', async () => {
    await tell('2026-02-28', { final: false });
    await state();
    await tell('2026-02-28', { final: false, owed: 900 });
    await state();
    expect(await ofDay('2026-02-28')).toMatchObject({ number: 3, final: false });
    await tell('2026-02-28');
    await state();
    expect(await ofDay('2026-02-28')).toMatchObject({ number: 4, final: true });
    expect((await world.get('coverage?limit=10', null)).body['items']).toHaveLength(4);
  });

  it('shows what the books lack of what the bank states, and what is missing of what is owed', async () => {
    await tell('2026-03-01', { bank: 700 });
    await tell('2026-03-02', { owed: 1300 });
    await state();
    expect(coverage(await ofDay('2026-03-01')).custodyAccounts[0]).toMatchObject({ state: 'differs', assets: [{ unaccountedCents: 300 }] });
    expect(coverage(await ofDay('2026-03-02')).custodyAccounts[0]).toMatchObject({ state: 'covered', underWayCents: -300 });
  });
});

describe('the chain of statements', () => {
  const all = async () => ((await world.get('coverage?limit=200', null)).body['items'] as Shown[]).reverse();
  const key = async () => ((await world.get('keys', null)).body['keys'] as { keyId: string; pem: string }[])[0]!;

  it('is signed, hashed, and each names the one before', async () => {
    const { pem, keyId } = await key();
    let previous: string | null = null;
    for (const statement of await all()) {
      expect(statement).toMatchObject({ previous, keyId });
      expect(JSON.parse(statement.content)).toMatchObject({ format: 'mereau.coverage.v1', origin: 'mereau.example/audit', previous, number: statement.number });
      expect(verify(null, Buffer.from(statement.content), createPublicKey(pem), Buffer.from(statement.signature, 'base64'))).toBe(true);
      previous = statement.sha256;
    }
  });

  it('is checked by the script of the documentation, which finds a statement changed, dropped or forged', async () => {
    const folder = mkdtempSync(join(os.tmpdir(), 'mereau-coverage-'));
    const script = resolve('docs/verify-coverage.mjs');
    writeFileSync(join(folder, 'key.pem'), (await key()).pem);
    const check = (statements: readonly Shown[]) => {
      writeFileSync(join(folder, 'coverage.json'), JSON.stringify({ items: statements }));
      try {
        return execFileSync(process.execPath, [script, join(folder, 'coverage.json'), join(folder, 'key.pem')], { encoding: 'utf8', stdio: 'pipe' });
      } catch (error) {
        return String((error as { stdout: string }).stdout);
      }
    };
    const statements = await all();
    const [first, ...others] = statements;
    expect(check(statements)).toContain(`${statements.length} statements, each signed and naming the one before`);
    expect(check([...statements].reverse())).toContain('each signed');
    expect(check([{ ...first!, content: first!.content.replace('1000', '2000') }, ...others])).toContain('statement 1');
    expect(check([first!, ...others.slice(1)])).toContain('statement 3 does not name the one before');
    expect(check(statements.map((one, at) => (at === 1 ? { ...one, signature: first!.signature } : one)))).toContain('statement 2 is not signed');
    rmSync(folder, { recursive: true });
  });

  it('cannot be changed by the service, and what a superuser changes is found', async () => {
    await expect(world.work.client.$executeRaw`delete from audit.coverage_statement where number = 1`).rejects.toThrow();
    const broken = async () => (await inspect(world.database.inspectorUrl, A7)).broken.map(({ rowNamed }) => rowNamed);
    expect(await broken()).toEqual([]);
    await world.tamper('delete from audit.coverage_statement where number = 3');
    expect(await broken()).toEqual(['coverage_statement:4']);
  });
});
