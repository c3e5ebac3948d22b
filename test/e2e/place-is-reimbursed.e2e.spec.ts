// The one life: a payer's transfer becomes vouchers, two of them are redeemed, two places are paid, one by a second try.
// Goal: on every layout and on both queues the same life ends with the same money, nothing lost, and no secret told.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { inspect } from '#libs/invariants';
import { localDate } from '#libs/kernel';
import { seedOfRun, until } from '#libs/testing';
import { clearingPairs, readAccounts } from '../../apps/cli/src/demo/accounts.js';
import { playLife, type Life } from '../../apps/cli/src/demo/life.js';
import { verifyExport } from '../../apps/cli/src/verify/verify-export.js';
import { CUSTODY, PLACES, SECOND_IBAN } from '../../apps/cli/src/world/samples.js';
import { unlikeEvents } from '../builders/restated-ledgers.js';
import { openLayout, redisUrl, type Layout, type QueueKind, type Running } from './layouts.js';

const STAGES: readonly [Layout, QueueKind][] = [['platform', 'postgres'], ['platform', 'redis'], ['split', 'postgres'], ['split', 'redis']];
const today = localDate(new Date().toISOString().slice(0, 10));

for (const [layout, queue] of STAGES) {
  const stage = queue === 'redis' && !redisUrl() ? describe.skip : describe;
  stage(`the life of a voucher, ${layout}, queue in ${queue}${queue === 'redis' && !redisUrl() ? ' (no redis-server)' : ''}`, () => {
    let running: Running;
    let life: Life;

    beforeAll(async () => {
      running = await openLayout(layout, queue, `${seedOfRun()}:${layout}:${queue}`);
      life = await playLife(running.setting, today, () => {});
      await until('audit has every event', async () => {
        const { senders } = await life.people.auditor.get<{ senders: { missing: number; lastSeq: number }[] }>('/audit/completeness');
        return senders.length === 4 && senders.every(({ missing }) => missing === 0) && (await allTaken(running));
      }, 30_000);
    }, 240_000);
    afterAll(async () => { await running?.close(); }, 60_000);

    it('pays both places, one of them after its bank sent the first payment back, which then waits for nobody', async () => {
      expect(life.payments.map(({ state, amountCents }) => `${state} ${amountCents}`).sort()).toEqual(['booked 966', 'booked 966', 'returned 966']);
      type Returned = { items: { paidAgain: string; leftCents: number; againPaymentId: string }[] };
      const { items } = await life.people.operator.get<Returned>('/settlement/payments?state=returned');
      const booked = life.payments.filter(({ state }) => state === 'booked').map(({ paymentId }) => paymentId);
      expect(items).toEqual([expect.objectContaining({ paidAgain: 'paid', leftCents: 0, againPaymentId: expect.any(String) })]);
      expect(booked).toContain(items[0]!.againPaymentId);
      expect((await life.people.operator.get<Returned>('/settlement/payments?paidAgain=owed')).items).toEqual([]);
      expect(life.closed).toMatchObject({ statements: 2, grossCents: 2000, netCents: 1932 });
    });

    it('brings every clearing pair to zero and gives audit every event once', async () => {
      const { accounts, audit } = await readAccounts(running.database.inspectorUrl);
      expect(clearingPairs(accounts)).toEqual({ 'issuance-redemption': 0, 'issuance-settlement': 0, 'redemption-settlement': 0 });
      expect(audit).toEqual({ events: expect.any(Number), missing: 0 });
      expect(audit.events).toBeGreaterThan(20);
    });

    it('leaves what was not redeemed as a debt to the holders, and the fees where the rule sends them', async () => {
      const { accounts } = await readAccounts(running.database.inspectorUrl);
      const balances = (kind: string) => accounts.filter(({ account }) => account.split(':')[0] === kind).map(({ balanceCents }) => balanceCents);
      expect(balances('outstanding')).toEqual([8000]);
      expect([...balances('fee_income'), ...balances('vat_collected'), ...balances('commons')]).toEqual([40, 8, 20]);
      expect([...balances('accrued'), ...balances('payable'), ...balances('transit')].every((cents) => cents === 0)).toBe(true);
    });

    it('is sealed and signed, and an auditor verifies the export without us', async () => {
      const { operator, auditor } = life.people;
      const checkpoint = await operator.post<{ size: number; root: string; keyId: string }>('/audit/checkpoints');
      const folder = mkdtempSync(join(os.tmpdir(), 'mereau-export-'));
      try {
        const path = join(folder, 'export.ndjson');
        writeFileSync(path, await auditor.text('/audit/export'));
        const verdict = await verifyExport(path, { keyIds: [checkpoint.keyId], kept: [] });
        expect(verdict.firstWrong).toBeNull();
        expect(verdict).toMatchObject({ verified: true, events: checkpoint.size, root: checkpoint.root });
        expect(verdict.cents).toEqual({
          issued: 10_000, activated: 10_000, redeemed: 2_000, statementsNet: 1_932, paid: 1_932, returned: 966,
        });
      } finally {
        rmSync(folder, { recursive: true });
      }
      await until('settlement keeps the checkpoint', async () => (await knownSizes(running)).includes(checkpoint.size));
    });

    it('breaks no invariant', async () => {
      expect((await inspect(running.database.inspectorUrl)).broken).toEqual([]);
      expect(await unlikeEvents(running.database.inspectorUrl)).toEqual([]);
    });

    it('tells no code and no IBAN of a place: not in its output, its messages, its jobs, its answers kept by key', async () => {
      const codes = life.vouchers.flatMap(({ code }) => [code, code.replaceAll('-', '')]);
      const ibans = [...PLACES.map(({ iban }) => iban), SECOND_IBAN];
      const output = running.output();
      expect(output.length).toBeGreaterThan(1000);
      const stored = await textOf(running.database.adminUrl);
      expect(stored).toContain('voucher.redeemed.v1');
      for (const secret of [...codes, ...ibans]) {
        expect([secret, output.includes(secret)]).toEqual([secret, false]);
        expect([secret, stored.includes(secret)]).toEqual([secret, false]);
      }
      // The search itself: what is public is found by it.
      expect(stored).toContain(life.order.reference);
      expect(stored).toContain(CUSTODY.iban);
    });
  });
}

async function knownSizes({ database }: Running): Promise<number[]> {
  const client = new pg.Client({ connectionString: database.inspectorUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ size: string }>('select size from settlement.known_checkpoint');
    return rows.map(({ size }) => Number(size));
  } finally {
    await client.end();
  }
}

async function allTaken({ database }: Running): Promise<boolean> {
  const client = new pg.Client({ connectionString: database.inspectorUrl });
  await client.connect();
  try {
    const counts = ['issuance', 'redemption', 'settlement'].map((schema) =>
      `(select count(*) from ${schema}.outbox) + (select count(*) from ${schema}.sent_batch where acknowledged_at is null)`);
    const { rows } = await client.query<{ waiting: string }>(`select ${counts.join(' + ')} as waiting`);
    return Number(rows[0]!.waiting) === 0;
  } finally {
    await client.end();
  }
}

/** Everything that travels or is kept as an answer: messages, events, jobs of the queue, stored outcomes. */
async function textOf(adminUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows: jobs } = await client.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_schema = 'bullmq'`);
    const tables = [
      ...['issuance', 'redemption', 'settlement', 'audit'].flatMap((schema) => ['sent_batch', 'idempotency', 'dead_letter'].map((table) => `${schema}.${table}`)),
      'audit.event', 'redemption.refused_redemption', 'issuance.programme_rule', ...jobs.map(({ name }) => name),
    ];
    const texts: string[] = [];
    for (const table of tables) {
      const { rows } = await client.query<{ text: string | null }>(`select string_agg(t::text, E'\\n') as text from ${table} t`);
      texts.push((rows[0]!.text ?? '').replaceAll('\\"', '"').replaceAll('""', '"'));
    }
    return texts.join('\n');
  } finally {
    await client.end();
  }
}
