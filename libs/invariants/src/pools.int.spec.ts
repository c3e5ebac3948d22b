// One programme's pool, fed by a statement under its rule and voted over by whom the rule names, and a gift to the national one: S77 to
// S79, S83 and S84 are content, and each names the row of what may not be.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { CATALOGUE } from './index.js';

const id = (last: string) => `01900000-0000-7000-8000-0000000000${last}`;
const [CUSTODY, PAYEE, PROGRAMME, CLOSED, VOTED, ALLOCATION, STATEMENT] = ['01', '02', '03', '04', '05', '06', '07'].map(id);
const [LINE, GIVEN] = ['08', '09'].map(id);
const POOL = `commons:${PROGRAMME}`;

let database: TestDatabase;
let admin: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

const transfer = (rule: string, debit: string, credit: string, amount: number, { eventId = id('0a'), at = '2026-04-04', line = 0 } = {}) => `
  insert into settlement.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id, created_at)
  values ('${eventId}', ${line}, '${rule}', '${debit}', '${credit}', ${amount}, 'EUR', '${CUSTODY}', '${at}');`;
const rule = (version: number, from: string, deciders: string) => `
  insert into settlement.sharing_rule values ('${PROGRAMME}', ${version}, '${from}', 300, 6000, '${deciders}', null, 'x', '2026-03-01');
  insert into settlement.pool_rule_decision values ('${PROGRAMME}', ${version}, 'confirmed', gen_random_uuid(), 'y', '2026-03-02');`;
const balance = (account: string, amount: number) => `insert into settlement.guarded_balance values ('${account}', ${amount});`;

const SOUND = `
  ${rule(1, '2026-04-01', '{bert,zoe}')} ${rule(2, '2026-05-01', '{dora,zoe}')}
  ${transfer('12', `accrued:${PAYEE}`, 'commons:general', 4, { eventId: CLOSED!, at: '2026-04-02' })}
  ${transfer('12', `accrued:${PAYEE}`, POOL, 6, { eventId: CLOSED!, at: '2026-04-02', line: 1 })}
  insert into settlement.commons_share values ('${CLOSED}', '${PROGRAMME}', 1, 'statement', '${STATEMENT}', 6, 4, 'EUR', '2026-04-02');
  insert into settlement.allocation values ('${ALLOCATION}', '${PROGRAMME}', '${CUSTODY}', '${PAYEE}', 5, 'EUR', 'a van', 'anna', '2026-04-03');
  insert into settlement.allocation_voice values ('${ALLOCATION}', 'bert', 'for', null, '2026-04-03');
  insert into settlement.allocation_voice values ('${ALLOCATION}', 'dora', 'for', null, '2026-05-02');
  insert into settlement.allocation_voice values ('${ALLOCATION}', 'zoe', 'for', null, '2026-05-02');
  insert into settlement.allocation_decision values ('${ALLOCATION}', 'voted', '${VOTED}', '2026-05-02');
  ${transfer('28', POOL, `allocated:${PAYEE}`, 5, { eventId: VOTED!, at: '2026-05-02' })}
  insert into settlement.bank_line (id, bank_account_id, bank_statement_id, entry_index, detail_index, kind, side, amount, currency, booked_on, order_references, event_id)
    values ('${LINE}', '${CUSTODY}', gen_random_uuid(), 0, 0, 'gift', 'credit', 70, 'EUR', '2026-04-03', '{}', '${GIVEN}');
  ${transfer('27', `bank:${CUSTODY}`, 'commons:general', 70, { eventId: GIVEN!, at: '2026-04-03' })}
  insert into settlement.gift values ('${LINE}', 'general', '${CUSTODY}', 70, 'EUR', '${GIVEN}', '2026-04-03');
  insert into settlement.pool_movement values ('general', 1, '${CLOSED}', 0, 4, 4, 4), ('general', 2, '${GIVEN}', 0, 70, 74, 74),
    ('${PROGRAMME}', 1, '${CLOSED}', 1, 6, 6, 6), ('${PROGRAMME}', 2, '${VOTED}', 0, -5, 1, 6);
  ${balance('commons:general', 74)} ${balance(POOL, 1)}`;

/** In a transaction that is then forgotten. */
async function found(invariant: string, fault = ''): Promise<string[]> {
  await admin.query(`begin; set local session_replication_role = replica; ${SOUND} ${fault}`);
  const { rows } = await admin.query<{ row_named: string }>(CATALOGUE.find((one) => one.id === invariant)!.sql);
  await admin.query('rollback');
  return rows.map(({ row_named }) => row_named);
}

describe('a pool of a programme', () => {
  it.each(['S77', 'S78', 'S79', 'S83', 'S84'])('%s holds', async (invariant) => {
    expect(await found(invariant)).toEqual([]);
  });

  it.each<[string, string, string, string]>([
    ['fed by a statement without a rule', 'S77', transfer('12', `accrued:${PAYEE}`, POOL, 5), `event:${id('0a')}`],
    ['fed with what expired without a rule', 'S77', transfer('23', 'clearing:issuance', POOL, 5), `event:${id('0a')}`],
    ['fed with another sum than its share', 'S77', `update settlement.commons_share set local = 5`, `event:${CLOSED}`],
    ['given another part than its rule says', 'S77', 'update settlement.sharing_rule set local_basis_points = 4000 where version = 1', `event:${CLOSED}`],
    ['divided by a rule that had not begun', 'S77', `update settlement.commons_share set at = '2026-03-31'`, `event:${CLOSED}`],
    ['divided by a rule that nobody published', 'S77', 'update settlement.commons_share set sharing_rule_version = 9', `event:${CLOSED}`],
    ['voted over by whom no rule names', 'S78', `insert into settlement.allocation_voice values ('${ALLOCATION}', 'eve', 'for', null, '2026-04-03')`, `allocation:${ALLOCATION}`],
    ['voted over by whom only a later rule names', 'S78', `update settlement.allocation_voice set at = '2026-04-30' where user_id = 'dora'`, `allocation:${ALLOCATION}`],
    ['voted over by whom the rule names no longer', 'S78', `update settlement.allocation_voice set at = '2026-05-02' where user_id = 'bert'`, `allocation:${ALLOCATION}`],
    ['voted over by one, beside another whom the rule of that day names no longer', 'S78', `delete from settlement.allocation_voice where user_id = 'zoe'`, `allocation:${ALLOCATION}`],
    ['voted over by whom its rule names, which nobody confirmed', 'S78', `delete from settlement.pool_rule_decision where version = 1`, `allocation:${ALLOCATION}`],
    ['voted over by others than its rule names, the national one too', 'S78', `update settlement.allocation set pool = 'general';
      insert into settlement.national_pool_rule values (1, '2026-04-01', '{eve,fred}', 'x', '2026-03-01');
      insert into settlement.pool_rule_decision values ('general', 1, 'confirmed', gen_random_uuid(), 'y', '2026-03-02')`, `allocation:${ALLOCATION}`],
    ['ruled by one person', 'S84', `update settlement.pool_rule_decision set decided_by = 'x' where version = 1`, `rule:${PROGRAMME}/1`],
    ['ruled by a rule that was confirmed on its day', 'S84', `update settlement.pool_rule_decision set decided_at = '2026-04-01T12:00:00Z' where version = 1`, `rule:${PROGRAMME}/1`],
    ['ruled by two rules of one day', 'S84', `update settlement.sharing_rule set effective_from = '2026-05-01' where version = 1`, `rule:${PROGRAMME}/2`],
    ['ruled by what nobody proposed', 'S84', `delete from settlement.sharing_rule where version = 2`, `rule:${PROGRAMME}/2`],
    ['told with another balance than its movements make', 'S79', `update settlement.pool_movement set balance = 5 where pool = '${PROGRAMME}' and number = 1`, `pool:${PROGRAMME}`],
    ['told with more than came in', 'S79', `update settlement.pool_movement set entered = 7 where pool = '${PROGRAMME}'`, `pool:${PROGRAMME}`],
    ['told with another sum than moved', 'S79', `update settlement.pool_movement set amount = 5, balance = 5, entered = 5 where pool = '${PROGRAMME}' and number = 1`, `pool:${PROGRAMME}`],
    ['told without a movement', 'S79', `delete from settlement.pool_movement where pool = 'general' and number = 1`, 'pool:general'],
    ['told of what no transfer moved', 'S79', `insert into settlement.pool_movement values ('${PROGRAMME}', 3, '${id('0b')}', 0, 5, 6, 11)`, `pool:${PROGRAMME}`],
    ['moved without being told', 'S79', transfer('28', POOL, `allocated:${PAYEE}`, 1), `pool:${PROGRAMME}`],
    ['of another balance than in minus out', 'S79', `update settlement.guarded_balance set balance = 2 where account = '${POOL}'`, `pool:${PROGRAMME}`],
    ['given what no bank line carried', 'S83', transfer('27', `bank:${CUSTODY}`, POOL, 5), `event:${id('0a')}`],
    ['given more than its bank line carried', 'S83', `update settlement.bank_line set amount = 69 where id = '${LINE}'`, `bankLine:${LINE}`],
    ['given what Stripe sent', 'S83', `update settlement.bank_line set kind = 'psp_payout' where id = '${LINE}'`, `bankLine:${LINE}`],
    ['given what nobody said is a gift', 'S83', `update settlement.bank_line set kind = 'unknown_credit', finding = 'no_reference' where id = '${LINE}'`, `bankLine:${LINE}`],
    ['given what was for another one', 'S83', `update settlement.gift set pool = '${PROGRAMME}'`, `bankLine:${LINE}`],
    ['without a gift that the bank told', 'S83', 'delete from settlement.gift', `bankLine:${LINE}`],
    ['without the balance of what moved', 'S79', `delete from settlement.guarded_balance where account = '${POOL}'`, `pool:${PROGRAMME}`],
  ])('is named when it was %s (%s)', async (_, invariant, fault, named) => {
    expect(await found(invariant, fault)).toContain(named);
  });
});
