// An allocation that was voted and paid, fees that were taken out, and a shortfall that was paid in: S60 to S64 are content with them, and
// each names the row of what may not be.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { CATALOGUE } from './index.js';

const id = (last: string) => `01900000-0000-7000-8000-0000000000${last}`;
const [CUSTODY, OPERATOR, PAYEE, ALLOCATION, RUN, PAYMENT, VOTE] = ['01', '02', '03', '04', '05', '06', '07'].map(id);

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

const transfer = (rule: string, debit: string, credit: string, amount: number, eventId = 'gen_random_uuid()') => `
  insert into settlement.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
  values (${eventId}, 0, '${rule}', '${debit}', '${credit}', ${amount}, 'EUR', '${CUSTODY}');`;
const payment = (paymentId: string, purpose: string, payee: string, amount: number) => `
  insert into settlement.payment (id, run_id, purpose, payee_id, payee_bank_account_id, end_to_end_id, amount, currency, state)
  values ('${paymentId}', '${RUN}', '${purpose}', '${payee}', '${payee}', '${paymentId.slice(-4)}', ${amount}, 'EUR', 'booked');`;

/** 400 of the commons voted, of which the bank took all; 700 of 1,000 earned taken out, and 50 paid in. */
const SOUND = `
  insert into settlement.operator (payee_id, named_by, named_at) values ('${OPERATOR}', 'x', now());
  insert into settlement.allocation values ('${ALLOCATION}', 'general', '${CUSTODY}', '${PAYEE}', 400, 'EUR', 'a van', 'anna', now());
  insert into settlement.allocation_voice values ('${ALLOCATION}', 'bert', 'for', null, now()), ('${ALLOCATION}', 'cleo', 'for', null, now());
  insert into settlement.allocation_decision values ('${ALLOCATION}', 'voted', '${VOTE}', now());
  insert into settlement.settlement_run (id, bank_account_id, purpose, state, message_id, payment_information_id, execution_on, payment_count, amount, currency,
    created_by, created_at, released_by, released_at)
    values ('${RUN}', '${CUSTODY}', 'fees', 'released', 'M', 'P', now(), 1, 700, 'EUR', 'x', now(), 'x', now());
  insert into settlement.fees_release values ('${RUN}', 700, 1000, 300, 'EUR', 1, now());
  insert into settlement.bank_line (id, bank_account_id, bank_statement_id, entry_index, detail_index, kind, finding, side, amount, currency, booked_on, event_id,
    order_references)
    values ('${id('09')}', '${CUSTODY}', '${CUSTODY}', 0, 0, 'unknown_credit', 'no_reference', 'credit', 50, 'EUR', now(), gen_random_uuid(), '{}');
  insert into settlement.bank_line_identification (bank_line_id, kind, event_id, identified_by, identified_at)
    values ('${id('09')}', 'paid_in', gen_random_uuid(), 'x', now());
  ${payment(PAYMENT!, 'fees', OPERATOR!, 700)} ${payment(id('08'), 'commons', PAYEE!, 400)}
  insert into settlement.payment_allocation (payment_id, allocation_id, live) values ('${id('08')}', '${ALLOCATION}', true);
  ${transfer('28', 'commons:general', `allocated:${PAYEE}`, 400, `'${VOTE}'`)} ${transfer('14', `allocated:${PAYEE}`, `transit:${id('08')}`, 400)}
  ${transfer('12', 'accrued:x', 'fee_income', 1_000)} ${transfer('32', `bank:${OPERATOR}`, 'cash_in_transit', 700)}
  ${transfer('33', 'bank_unknown', `bank:${OPERATOR}`, 50)}`;

/** In a transaction that is then forgotten. */
async function found(rule: string, fault = ''): Promise<string[]> {
  await admin.query(`begin; set local session_replication_role = replica; ${SOUND} ${fault}`);
  const { rows } = await admin.query<{ row_named: string }>(CATALOGUE.find((invariant) => invariant.id === rule)!.sql);
  await admin.query('rollback');
  return rows.map(({ row_named }) => row_named);
}

describe('what leaves to the operator and out of the commons', () => {
  it.each(['S60', 'S61', 'S62', 'S63', 'S64', 'S5', 'S4', 'L10:settlement'])('%s holds', async (rule) => {
    expect(await found(rule)).toEqual([]);
  });

  it.each<[string, string, string, string]>([
    ['owed without a vote', 'S60', transfer('16', `transit:${id('08')}`, `allocated:${PAYEE}`, 1), `payee:${PAYEE}`],
    ['voted and neither owed nor paid', 'S60', `delete from settlement.payment where id = '${id('08')}'`, `payee:${PAYEE}`],
    ['voted by one', 'S61', `delete from settlement.allocation_voice where user_id = 'cleo'`, `allocation:${ALLOCATION}`],
    ['voted by its proposer', 'S61', `update settlement.allocation_voice set user_id = 'anna' where user_id = 'cleo'`, `allocation:${ALLOCATION}`],
    ['voted though somebody was against it', 'S61', `insert into settlement.allocation_voice values ('${ALLOCATION}', 'dora', 'against', null, now())`, `allocation:${ALLOCATION}`],
    ['voted at another sum than it moved', 'S61', 'update settlement.allocation set amount = 500', `allocation:${ALLOCATION}`],
    ['moved out of the pool by nobody', 'S61', transfer('28', 'commons:general', `allocated:${PAYEE}`, 5, `'${id('0a')}'`), `transfer:${id('0a')}/0`],
    ['moved to the operator without a payment', 'S62', transfer('32', `bank:${OPERATOR}`, 'cash_in_transit', 5), `bank_account:${CUSTODY}`],
    ['sent back and still with the operator', 'S62', `update settlement.payment set state = 'returned' where purpose = 'fees'`, `bank_account:${CUSTODY}`],
    ['paid in by nobody’s word', 'S62', 'delete from settlement.bank_line_identification', `bank_account:${CUSTODY}`],
    ['moved to an operator that is none', 'S62', transfer('32', `bank:${PAYEE}`, 'cash_in_transit', 5, `'${id('0b')}'`), `transfer:${id('0b')}/0`],
    ['released without asking what is own', 'S63', 'delete from settlement.fees_release', `run:${RUN}`],
    ['released for more than was asked', 'S63', 'update settlement.settlement_run set amount = 701', `run:${RUN}`],
    ['taken beyond what was ever earned', 'S64', transfer('32', `bank:${OPERATOR}`, 'cash_in_transit', 351), `bank_account:${CUSTODY}`],
    ['paid at another sum than its run', 'S5', `update settlement.payment set amount = 701 where purpose = 'fees'`, `payment:${PAYMENT}`],
    ['booked to the operator as breakage', 'L10:settlement', transfer('28', 'commons:general', 'fee_income', 5, `'${id('0c')}'`), `transfer:${id('0c')}/0`],
  ])('is named when it was %s (%s)', async (_, rule, fault, named) => {
    expect(await found(rule, fault)).toContain(named);
  });
});
