// One programme's pool, fed by a statement under its rule and voted over by whom the rule names: S77 to S79 are content, and each names the
// row of what may not be.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { CATALOGUE } from './index.js';

const id = (last: string) => `01900000-0000-7000-8000-0000000000${last}`;
const [CUSTODY, PAYEE, PROGRAMME, CLOSED, VOTED, ALLOCATION, STATEMENT] = ['01', '02', '03', '04', '05', '06', '07'].map(id);
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
  insert into settlement.sharing_rule values ('${PROGRAMME}', ${version}, '${from}', 300, 6000, '${deciders}', gen_random_uuid(), 'x', '2026-03-01');`;
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
  ${balance('commons:general', 4)} ${balance(POOL, 1)}`;

/** In a transaction that is then forgotten. */
async function found(invariant: string, fault = ''): Promise<string[]> {
  await admin.query(`begin; set local session_replication_role = replica; ${SOUND} ${fault}`);
  const { rows } = await admin.query<{ row_named: string }>(CATALOGUE.find((one) => one.id === invariant)!.sql);
  await admin.query('rollback');
  return rows.map(({ row_named }) => row_named);
}

describe('a pool of a programme', () => {
  it.each(['S77', 'S78', 'S79'])('%s holds', async (invariant) => {
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
    ['below nothing on the way', 'S79', `${transfer('28', POOL, `allocated:${PAYEE}`, 7, { at: '2026-04-01' })} ${transfer('12', `accrued:${PAYEE}`, POOL, 7, { line: 1, at: '2026-06-01' })}`, `pool:${PROGRAMME}`],
    ['of another balance than in minus out', 'S79', `update settlement.guarded_balance set balance = 2 where account = '${POOL}'`, `pool:${PROGRAMME}`],
    ['without the balance of what moved', 'S79', `delete from settlement.guarded_balance where account = '${POOL}'`, `pool:${PROGRAMME}`],
  ])('is named when it was %s (%s)', async (_, invariant, fault, named) => {
    expect(await found(invariant, fault)).toContain(named);
  });
});
