// What the database refuses to this service's own role, whatever the code above it does.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ProgrammeId } from '#libs/kernel';
import { CUSTODY, RedemptionWorld, wordOf } from '../../../test/builders/redemption-world.js';

jest.setTimeout(60_000);

let world: RedemptionWorld;
let programmeId: ProgrammeId;

beforeAll(async () => {
  world = await RedemptionWorld.create();
  programmeId = await world.programme();
});
afterAll(() => world.close());

const DENIED = '42501';
const CHECK = '23514';
const refused = (sql: string, values: unknown[] = []) => world.service.query(sql, values).then(() => 'done', (error: { code: string }) => error.code);

describe('the role of redemption', () => {
  it.each(['outbox', 'transfer', 'idempotency', 'inbox'])('reads and writes nothing in settlement: %s', async (table) => {
    expect(await refused(`select 1 from settlement.${table}`)).toBe(DENIED);
    expect(await refused(`delete from settlement.${table}`)).toBe(DENIED);
  });

  it.each(['issuance', 'settlement', 'audit', 'identity'])('has no way into the schema of %s', async (schema) => {
    const { rows } = await world.service.query<{ usage: boolean }>('select has_schema_privilege($1, $2) as usage', [schema, 'usage']);
    expect(rows[0]!.usage).toBe(false);
  });

  it('can name a table of its own only with its schema', async () => {
    expect(await refused('select 1 from voucher')).toBe('42P01');
  });

  it.each(['redemption', 'refused_redemption', 'transfer', 'accreditation', 'known_fee_rule', 'known_programme_rule', 'batch', 'chunk', 'expiry_chunk', 'signed_statement',
    'expiry_step', 'restored_chunk', 'measure', 'measure_end', 'departure', 'departure_end', 'appeal', 'appeal_answer', 'questionnaire', 'application_step',
    'place_source', 'file_import_row', 'zone_row', 'zone_decision'])(
    'neither edits nor deletes a fact: %s', async (table) => {
      const { rows } = await world.inspector.query<{ column: string }>(
        `select column_name as column from information_schema.columns where table_schema = 'redemption' and table_name = $1 limit 1`, [table]);
      const { column } = rows[0]!;
      expect(await refused(`update redemption.${table} set "${column}" = "${column}"`)).toBe(DENIED);
      expect(await refused(`delete from redemption.${table}`)).toBe(DENIED);
      expect(await refused(`truncate redemption.${table}`)).toBe(DENIED);
    });

  it('keeps how a file was read, as fields with headers, and never changes it', async () => {
    const keep = (mapping: object | null) => refused(
      `insert into redemption.file_import (id, kind, sha256, bytes, read, mapping, started_by, started_at) values ($1, 'places', repeat('a', 64), 1, 1, $2, 'u', now())`,
      [world.newId(), mapping && JSON.stringify(mapping)]);
    const mapping = { source: null, columns: { name: ['Nom'] } };
    expect([await keep(null), await keep(mapping), await keep({ ...mapping, source: 'Autre' })]).toEqual(['done', 'done', 'done']);
    for (const nonsense of [[], { columns: {} }, { source: null }, { source: null, columns: {} }, { source: null, columns: [] }]) {
      expect(await keep(nonsense)).toBe(CHECK);
    }
    expect([await keep(null), await keep(mapping)]).toEqual(['23505', '23505']);
    expect(await refused('update redemption.file_import set mapping = null')).toBe(DENIED);
  });

  it('changes nothing of a voucher but what is left on it', async () => {
    for (const column of ['id', 'batch_id', 'index', 'code_mac', 'unit', 'face']) {
      expect(await refused(`update redemption.voucher set ${column} = ${column}`)).toBe(DENIED);
    }
    expect(await refused('delete from redemption.voucher')).toBe(DENIED);
  });

  it('renames a place and moves its zone before it is accredited, never after, and deletes none', async () => {
    const [free, accredited] = [await world.place(), await world.place({ accreditedFor: programmeId })];
    const [rename, move] = ['update redemption.place set name = $2 where id = $1', 'update redemption.site set time_zone = $2 where place_id = $1'];
    expect([await refused(rename, [free, 'Autre']), await refused(move, [free, 'America/Cayenne'])]).toEqual(['done', 'done']);
    expect([await refused(rename, [accredited, 'Autre']), await refused(move, [accredited, 'America/Cayenne'])]).toEqual(['23000', '23000']);
    for (const table of ['place', 'site', 'place_listing']) expect(await refused(`delete from redemption.${table}`)).toBe(DENIED);
    await expect(world.admin.query('delete from redemption.site where place_id = $1', [free])).rejects.toMatchObject({ code: '23000' });
    expect(await refused('update redemption.place set id = id')).toBe(DENIED);
  });

  it('accredits no place that nobody could be paid for', async () => {
    const placeId = await world.place();
    expect(await refused('update redemption.place set siret = null where id = $1', [placeId])).toBe('done');
    expect(await world.accredit(placeId, programmeId).then(() => 'done', (error: { code: string }) => error.code)).toBe(CHECK);
  });

  it('does not raise the version of what tills keep a copy of by hand', async () => {
    expect(await refused('update redemption.reference_version set version = 0')).toBe(DENIED);
  });
});

describe('a fact', () => {
  it('is not changed by its owner either', async () => {
    const placeId = await world.place({ accreditedFor: programmeId });
    const { macs: [mac, other] } = await world.vouchers(programmeId, { count: 2 });
    const collector = world.collector();
    const attempt = world.attempt(mac!, placeId);
    expect(wordOf(await collector.submit(attempt))).toBe('redeemed');
    expect(wordOf(await collector.submit(world.attempt(mac!, placeId)))).toBe('voucher_used');
    expect(await world.balanceOf(other!)).toBe(1_000n);
    for (const table of ['redemption', 'refused_redemption', 'transfer']) {
      // A refusal ends after its 90 days, and not before: libs/retention.
      if (table !== 'refused_redemption') await expect(world.admin.query(`delete from redemption.${table}`)).rejects.toMatchObject({ code: '23000' });
      await expect(world.admin.query(`update redemption.${table} set amount = 1`.replace('refused_redemption set amount = 1', 'refused_redemption set code = code')))
        .rejects.toMatchObject({ code: '23000' });
    }
  });
});

describe('the balance of a voucher', () => {
  it.each([
    ['below zero', true, -1], ['above its face', true, 1_001], ['a part of a unit', true, 500],
    ['below zero', false, -1], ['above its face', false, 1_001],
  ])('is never %s (unit: %s)', async (_, unit, balance) => {
    const { macs: [mac] } = await world.vouchers(programmeId, { unit });
    expect(await refused('update redemption.voucher set balance = $2 where code_mac = $1', [mac, balance])).toBe(CHECK);
  });

  it('of a unit voucher cannot be taken twice, even by two writes that both decided yes', async () => {
    const { macs: [mac] } = await world.vouchers(programmeId);
    const take = 'update redemption.voucher set balance = balance - 1000 where code_mac = $1';
    expect(await refused(take, [mac])).toBe('done');
    expect(await refused(take, [mac])).toBe(CHECK);
  });
});

describe('the ranges of a batch', () => {
  it.each([[0, 4], [4, 4], [3, 20], [9, 9], [0, 9]])('do not overlap: %s..%s beside 0..4 and 5..9', async (first, last) => {
    const { batchId } = await world.vouchers(programmeId, { count: 5 });
    const activate = (from: number, to: number) => world.activate(batchId, { first: from, last: to, amountCents: 1_000, spendable: true });
    await activate(5, 9);
    await expect(activate(first, last)).rejects.toMatchObject({ code: '23P01' });
  });

  it('do not overlap when two sessions insert them at once', async () => {
    const { batchId } = await world.vouchers(programmeId, { count: 5 });
    const rival = await world.connect(world.database.urlFor('redemption'));
    const insert = (client: typeof rival) => client.query(
      `insert into redemption.voucher_range values ($1, $2, 5, 9, 5000, 'EUR', now(), null)`, [world.newId(), batchId]);
    const outcomes = await Promise.allSettled([insert(world.service), insert(rival)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('the version of what tills keep a copy of', () => {
  const version = async () => (await world.inspector.query<{ version: string }>('select version from redemption.reference_version')).rows[0]!.version;

  it('moves with everything that a decision reads, and not with what it does not', async () => {
    const placeId = await world.place();
    const { batchId } = await world.vouchers(programmeId);
    const moves = async (work: () => Promise<unknown>) => {
      const before = BigInt(await version());
      await work();
      return BigInt(await version()) > before;
    };
    expect(await moves(() => world.programme({ feeRuleFrom: null }))).toBe(true);
    expect(await moves(() => world.service.query(`insert into redemption.known_fee_rule values ($1, 9, '2026-01-01', 1, 1, 1)`, [programmeId]))).toBe(true);
    // A file brings ten thousand of them, and tills know only those that are accredited.
    expect(await moves(() => world.place())).toBe(false);
    expect(await moves(() => world.accredit(placeId, programmeId))).toBe(true);
    expect(await moves(() => world.vouchers(programmeId))).toBe(true);
    expect(await moves(() => world.activate(batchId, { first: 5, last: 6, amountCents: 2_000, spendable: false }))).toBe(true);
    expect(await moves(() => world.service.query('update redemption.voucher_range set spendable_at = now() where spendable_at is null'))).toBe(true);
    expect(await moves(() => world.service.query(`insert into redemption.parked_message values ($1, $2, '{}', now())`, [world.newId(), batchId]))).toBe(false);
  });
});

describe('a transfer of this ledger', () => {
  it('costs no guarded balance: none of its accounts has one', async () => {
    await world.service.query(
      `insert into redemption.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
       values ($1, 0, '6', 'clearing:issuance', 'outstanding:x', 1, 'EUR', $2)`, [world.newId(), CUSTODY]);
    const { rows } = await world.inspector.query(
      `select tgname from pg_trigger where tgrelid = 'redemption.transfer'::regclass and tgname = 'keep_guarded_balance'`);
    expect(rows).toEqual([]);
  });
});
