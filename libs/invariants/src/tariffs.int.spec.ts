// Prices of redemptions, made wrong by somebody who has the tables to themself.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { CATALOGUE, inspect } from './index.js';

const [BATCH, PLACE, REDEMPTION] = ['01900000-0000-7000-8000-0000000000b1', '01900000-0000-7000-8000-000000000002', '01900000-0000-7000-8000-00000000000a'];

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
  `insert into redemption.batch (id, order_id, programme_id, count, chunks, face, currency, unit, usable_until, claimable_until, custody_account_id,
     pepper_key_id, serial_permutation_id, created_at, service_prices)
   values ('${BATCH}', gen_random_uuid(), gen_random_uuid(), 1, 1, 1000, 'EUR', false, '2026-12-31', '2027-01-31', gen_random_uuid(), 'k', 's', now(),
     '[{"service": "employment", "priceCentsMin": 2000, "priceCentsMax": 900}]')`,
  `insert into redemption.tariff (id, place_id, service, version, from_day, preparation, rendering_minutes, hourly_cost, premises, travel, other,
     group_size, price, currency, needs_approval, declared_by, declared_at)
   values (gen_random_uuid(), '${PLACE}', 'employment', 3, '2026-03-10', 2000, 0, 0, 0, 0, 0, 1, 2000, 'EUR', false, 'x', '2026-03-10T09:00:00Z')`,
  `insert into redemption.redemption (id, voucher_id, batch_id, programme_id, place_id, site_id, amount, co_payment, balance_after, redeemed_at, outbox_id,
     service_date, accreditation_version, fee_rule_version, currency, service, tariff_version, tariff_price)
   values ('${REDEMPTION}', gen_random_uuid(), '${BATCH}', gen_random_uuid(), '${PLACE}', gen_random_uuid(), 500, 400, 0, now(), 1,
     '2026-03-10', 1, 1, 'EUR', 'employment', 3, 2000)`,
  `insert into settlement.claim_line (id, redemption_id, source_seq, place_id, site_id, payee_id, programme_id, batch_id, custody_account_id, gross,
     currency, fee_rule_version, accreditation_version, service_date, redeemed_at, accrued_at, tariff_version, tariff_cents)
   values (gen_random_uuid(), '${REDEMPTION}', 1, '${PLACE}', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '${BATCH}', gen_random_uuid(), 500,
     'EUR', 1, 1, '2026-03-10', now(), now(), 3, 2000)`,
];

async function found(id: string, ...statements: string[]): Promise<string[]> {
  for (const table of ['redemption.undone_redemption', 'redemption.batch', 'redemption.tariff', 'redemption.redemption', 'settlement.claim_line']) await admin.query(`delete from ${table}`);
  for (const statement of [...SOUND, ...statements]) await admin.query(statement);
  return (await inspect(database.inspectorUrl, CATALOGUE.filter((one) => one.id === id))).broken.map(({ detail }) => detail);
}

const OTHER = `insert into redemption.redemption (id, voucher_id, batch_id, programme_id, place_id, site_id, amount, co_payment, balance_after, redeemed_at,
     outbox_id, service_date, accreditation_version, fee_rule_version, currency, service, participation_id)
   values (gen_random_uuid(), gen_random_uuid(), '${BATCH}', gen_random_uuid(), '${PLACE}', gen_random_uuid(), 300, 0, 0, now(), 1,
     '2026-03-10', 1, 1, 'EUR', 'employment', '${REDEMPTION}')`;
const SPOKEN = 'update redemption.redemption set paid_beside = 300';
const UNDONE = `insert into redemption.undone_redemption (id, redemption_id, voucher_id, batch_id, place_id, amount, currency, reason, undone_by, undone_at)
   values (gen_random_uuid(), '${REDEMPTION}', gen_random_uuid(), '${BATCH}', '${PLACE}', 500, 'EUR', 'other', 'x', now())`;

describe('the price of a redemption', () => {
  it.each(['P1', 'P2', 'P3', 'P4'])('is one that was declared, and within bounds: %s', async (id) => {
    expect(await found(id)).toEqual([]);
  });

  it('that several vouchers paid is said once', async () => expect(await found('P4', SPOKEN, OTHER)).toEqual([]));

  it.each<[string, string, string, ...string[]]>([
    ['a version that nobody declared', 'P1', 'update redemption.redemption set tariff_version = 4', 'declared nothing'],
    ['another price', 'P1', 'update redemption.redemption set tariff_price = 2001', 'declared 2000'],
    ['one of another place', 'P1', 'update redemption.redemption set place_id = gen_random_uuid()', 'declared nothing'],
    ['one that did not count yet', 'P1', `update redemption.redemption set service_date = '2026-03-09'`, 'from 2026-03-10'],
    ['a raise that nobody approved', 'P1', 'update redemption.tariff set needs_approval = true', 'declared nothing'],
    ['more than the rules allow', 'P2', 'update redemption.redemption set co_payment = 401', '500, 401 and 0 beside'],
    ['less than they are meant for', 'P2', 'update redemption.redemption set tariff_price = 1999', 'asked 1999'],
    ['no service where prices are bound', 'P2', 'update redemption.redemption set service = null, tariff_version = null, tariff_price = null', 'no service'],
    ['more than the rules of a voucher allow for which another one speaks', 'P2', 'update redemption.redemption set batch_id = gen_random_uuid(), paid_beside = 300',
      OTHER, `update redemption.batch set service_prices = '[{"service": "employment", "priceCentsMax": 1199}]'`, '500, 400 and 300 beside'],
    ['more with what others paid beside than the rules allow', 'P2', 'update redemption.redemption set paid_beside = 1', '500, 400 and 1 beside'],
    ['more beside than the others paid', 'P4', OTHER, 'update redemption.redemption set paid_beside = 301 where participation_id is null', 'says 301 beside, the others paid 300'],
    ['nothing beside where another paid', 'P4', OTHER, 'says 0 beside, the others paid 300'],
    ['something beside where nobody paid', 'P4', 'update redemption.redemption set paid_beside = 300', 'says 300 beside, the others paid 0'],
    ['one voucher of another place', 'P4', SPOKEN, `${OTHER.replace(PLACE, BATCH)}`, 'says 300 beside, the others paid 300'],
    ['one voucher undone and not the other', 'P4', SPOKEN, OTHER, UNDONE, 'says 300 beside, the others paid 300'],
    ['a claim at another price', 'P3', 'update settlement.claim_line set tariff_cents = 2001', 'keeps 3 at 2001'],
    ['a claim at none', 'P3', 'update settlement.claim_line set tariff_version = null, tariff_cents = null', 'keeps none'],
  ])('is found wrong: %s', async (_, id, ...said) => {
    expect(await found(id, ...said.slice(0, -1))).toEqual([expect.stringContaining(said.at(-1)!)]);
  });
});
