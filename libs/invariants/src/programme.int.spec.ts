// Rules that two services hold, made to differ by somebody who has the tables to themself.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { CATALOGUE, inspect } from './index.js';

const [BATCH, ORDER, PROGRAMME] = ['01900000-0000-7000-8000-0000000000b1', '01900000-0000-7000-8000-0000000000a1', '01900000-0000-7000-8000-000000000001'];

let database: TestDatabase;
let admin: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await admin.query('set session_replication_role = replica');
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

const SOUND = [
  `insert into issuance.programme_rule (programme_id, version, name, face_cents, usable_until, claimable_until, creditor_name, creditor_iban,
     in_force_from, published_by, published_at, services, redemption_max_cents, territory)
   values ('${PROGRAMME}', 1, 'G', 1000, '2026-12-31', '2027-01-31', 'C', 'FR1420041010050500013M02606', '2026-03-02', 'x', now(),
     '{employment,safe_use}', 400, '[{"kind": "region", "code": "84"}]')`,
  `insert into issuance.order (id, reference, programme_id, rule_version, count, face_cents, total_cents, currency, placed_by, placed_at)
   values ('${ORDER}', 'RF00MRO0000000000', '${PROGRAMME}', 1, 1, 1000, 1000, 'EUR', 'x', now())`,
  `insert into issuance.batch (id, order_id, count, booklet_size, face_cents, currency, chunk_count, wrapping_key_id, wrapped_key, pepper_key_id,
     serial_permutation_id, serial_label, created_by, created_at)
   values ('${BATCH}', '${ORDER}', 1, 1, 1000, 'EUR', 1, 'k', decode(repeat('00', 61), 'hex'), 'k', 's', 'ABCDEFGH', 'x', now())`,
  `insert into redemption.batch (id, order_id, programme_id, count, chunks, face, currency, unit, usable_until, claimable_until, custody_account_id,
     pepper_key_id, serial_permutation_id, created_at, rule_version, services, redemption_max)
   values ('${BATCH}', '${ORDER}', '${PROGRAMME}', 1, 1, 1000, 'EUR', false, '2026-12-31', '2027-01-31', gen_random_uuid(), 'k', 's', now(),
     1, '{employment,safe_use}', 400)`,
  `insert into redemption.known_programme_rule values ('${PROGRAMME}', 1, '2026-03-02', '[{"kind": "region", "code": "84"}]')`,
];
const redeemed = (service: string | null, amount: number) =>
  `insert into redemption.redemption (id, voucher_id, batch_id, programme_id, place_id, site_id, amount, co_payment, balance_after, redeemed_at, outbox_id,
     service_date, accreditation_version, fee_rule_version, currency, service)
   values (gen_random_uuid(), gen_random_uuid(), '${BATCH}', '${PROGRAMME}', gen_random_uuid(), gen_random_uuid(), ${amount}, 0, 0, now(), 1,
     '2026-03-10', 1, 1, 'EUR', ${service === null ? 'null' : `'${service}'`})`;
const TABLES = ['issuance.programme_rule', 'issuance.order', 'issuance.batch', 'redemption.batch', 'redemption.known_programme_rule', 'redemption.redemption'];

async function found(id: string, ...statements: string[]): Promise<string[]> {
  for (const table of TABLES) await admin.query(`delete from ${table}`);
  for (const statement of [...SOUND, redeemed('employment', 400), ...statements]) await admin.query(statement);
  return (await inspect(database.inspectorUrl, CATALOGUE.filter((one) => one.id === id))).broken.map(({ detail }) => detail);
}

describe('the rules of a programme', () => {
  it.each(['G1', 'G2', 'G3'])('are one in both services: %s', async (id) => {
    expect(await found(id)).toEqual([]);
  });

  it.each<[string, string, string, string]>([
    ['other services on a batch', 'G1', `update redemption.batch set services = '{employment}'`, 'for {employment},'],
    ['no bound on a batch', 'G1', 'update redemption.batch set redemption_max = null', 'at most all'],
    ['a price on a batch', 'G1', `update redemption.batch set service_prices = '[{"service": "employment"}]'`, 'prices [{'],
    ['another version on a batch', 'G1', 'update redemption.batch set rule_version = 2', 'redemption knows version 2'],
    ['a service that vouchers are not for', 'G2', redeemed('leisure_and_creation', 100), 'leisure_and_creation for 100'],
    ['no service where one has to be', 'G2', redeemed(null, 100), 'no service for 100'],
    ['more than allowed at once', 'G2', redeemed('safe_use', 401), 'safe_use for 401'],
    ['a version that nobody published', 'G3', `insert into redemption.known_programme_rule values ('${PROGRAMME}', 2, '2026-03-02', '[]')`, 'issuance says nothing'],
    ['a version that was not told', 'G3', 'delete from redemption.known_programme_rule', 'redemption knows nothing'],
    ['another territory', 'G3', `update redemption.known_programme_rule set territory = '[]'`, 'redemption knows 2026-03-02 []'],
    ['another day of effect', 'G3', `update redemption.known_programme_rule set effective_from = '2026-03-03'`, 'redemption knows 2026-03-03'],
  ])('are found to differ: %s', async (_, id, statement, detail) => {
    expect(await found(id, statement)).toEqual([expect.stringContaining(detail)]);
  });

  it('may be on their way, or of before they were told', async () => {
    const open = `insert into issuance.outbox (messages) values ('[{"type": "programme.published.v1", "body": {"programmeId": "${PROGRAMME}", "ruleVersion": 1}}]')`;
    expect(await found('G3', 'delete from redemption.known_programme_rule', open)).toEqual([]);
    await admin.query('delete from issuance.outbox');
    expect(await found('G3', 'delete from redemption.known_programme_rule', 'update issuance.programme_rule set published_at = null')).toEqual([]);
    expect(await found('G1', 'update redemption.batch set rule_version = null, services = default')).toEqual([]);
  });
});
