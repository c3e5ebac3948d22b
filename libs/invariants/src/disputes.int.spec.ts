// A payment of 40.00 that Stripe took back, of which 10.00 had not been used; a refund by Stripe; a frozen order. Each rule is
// content with what belongs together, and names the row where one half of it is missing or differs by a cent.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { CATALOGUE, inspect } from './index.js';

const id = (last: string) => `01900000-0000-7000-8000-0000000000${last}`;
const [CUSTODY, PAYER, ORDER, BATCH, DISPUTED, WON, REFUND, SENT, BACK] = ['aa', '01', '02', '03', '04', '05', '06', '07', '08'].map(id);

let database: TestDatabase;
let admin: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
beforeEach(async () => { await admin.query('begin; set local session_replication_role = replica'); });
afterAll(async () => {
  await admin.end();
  await database.drop();
});

const run = (sql: string, values: unknown[] = []) => admin.query(sql, values);
type Move = readonly [debit: string, credit: string, amount: number];
const post = async (schema: string, rule: string, eventId: string, ...moves: readonly Move[]) => {
  for (const [line, [debit, credit, amount]] of moves.entries()) {
    await run(`insert into ${schema}.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
      values ($1, $2, $3, $4, $5, $6, 'EUR', $7)`, [eventId, line, rule, debit, credit, amount, CUSTODY]);
  }
};
/** In the transaction of the test, which is then forgotten: the sums are the catalogue's own. */
const found = async (rule: string): Promise<string[]> => {
  const { rows } = await admin.query<{ row_named: string }>(CATALOGUE.find((invariant) => invariant.id === rule)!.sql);
  return rows.map(({ row_named }) => row_named);
};
const forget = () => admin.query('rollback');

describe('I30', () => {
  const facts = async () => {
    await run(`insert into issuance.dispute (id, card_payment_id, order_id, payer_id, amount_cents, cover_back_cents, excess_back_cents, currency, event_id, taken_at)
      values ('dp', $1, $2, $3, 4000, 700, 300, 'EUR', $4, now())`, [id('09'), ORDER, PAYER, DISPUTED]);
    await run(`insert into issuance.dispute_end (dispute_id, outcome, amount_cents, cover_again_cents, excess_again_cents, currency, event_id, taken_at)
      values ('dp', 'won', 4000, 600, 400, 'EUR', $1, now())`, [WON]);
    const owed = `receivable:${PAYER}`;
    await post('issuance', '30', DISPUTED!, [owed, 'clearing:settlement', 4000], ['unmatched', owed, 300], [`prefund:g:${PAYER}`, owed, 700]);
    await post('issuance', '30', WON!, ['clearing:settlement', owed, 4000], [owed, `prefund:g:${PAYER}`, 600], [owed, 'unmatched', 400]);
  };

  it.each([
    ['nothing', 'select 1', []],
    ['a dispute without its posting', `delete from issuance.transfer where event_id = '${DISPUTED}'`, [`event:${DISPUTED}`]],
    ['a posting without its dispute', 'delete from issuance.dispute_end', [`event:${WON}`]],
    ['a cent of cover that was not taken back', `update issuance.transfer set amount = 699 where amount = 700`, [`event:${DISPUTED}`]],
    ['a debt of somebody else', `update issuance.dispute set payer_id = '${id('99')}'`, [`event:${DISPUTED}`, `event:${WON}`]],
  ])('finds %s', async (_, fault, rows) => {
    await facts();
    await run(fault);
    expect((await found('I30')).sort()).toEqual(rows);
    await forget();
  });
});

describe('S30', () => {
  const movement = (name: string, kind: string, amount: number) => run(
    `insert into settlement.stripe_movement (id, stripe_type, kind, amount, fee, net, currency, source_id, bank_account_id, moved_at, read_at)
     values ($1, 'adjustment', $2, $3, 0, $3, 'EUR', 'dp', $4, now(), now())`, [name, kind, amount, CUSTODY]);

  it.each([
    ['nothing', 'select 1', []],
    ['a dispute that Stripe never listed', `delete from settlement.stripe_movement where id = 'txn_1'`, [`event:${DISPUTED}`]],
    ['another amount than Stripe lists', `update settlement.stripe_movement set amount = -3999, net = -3999 where id = 'txn_1'`, [`event:${DISPUTED}`]],
    ['what was won without its posting', `delete from settlement.transfer where event_id = '${WON}'`, [`event:${WON}`]],
  ])('finds %s', async (_, fault, rows) => {
    await movement('txn_1', 'dispute', -4000);
    await movement('txn_2', 'dispute_reversal', 4000);
    await run(`insert into settlement.stripe_dispute (id, movement_id, payment_id, amount, currency, event_id, booked_at)
      values ('dp', 'txn_1', 'pi', 4000, 'EUR', $1, now())`, [DISPUTED]);
    await run(`insert into settlement.stripe_dispute_end (dispute_id, outcome, movement_id, amount, currency, event_id, ended_at)
      values ('dp', 'won', 'txn_2', 4000, 'EUR', $1, now())`, [WON]);
    await post('settlement', '30', DISPUTED!, ['clearing:issuance', 'psp', 4000]);
    await post('settlement', '30', WON!, ['psp', 'clearing:issuance', 4000]);
    await run(fault);
    expect(await found('S30')).toEqual(rows);
    await forget();
  });
});

describe('S26', () => {
  it.each([
    ['nothing', 'select 1', []],
    ['a refund that is held for sent without its posting', `delete from settlement.transfer where event_id = '${SENT}'`, [`event:${SENT}`]],
    ['one that came back and is owed to nobody', `delete from settlement.transfer where event_id = '${BACK}'`, [`event:${BACK}`]],
    ['one that was sent from what another payer is owed', `update settlement.transfer set debit = 'refund_payable:x' where event_id = '${SENT}'`, [`event:${SENT}`]],
  ])('finds %s', async (_, fault, rows) => {
    await run(`insert into settlement.refund (id, payer_id, payee_id, custody_account_id, amount, currency, event_id, taken_at, way, stripe_payment_id)
      values ($1, $2, $3, $4, 500, 'EUR', $5, now(), 'stripe', 'pi')`, [REFUND, PAYER, id('10'), CUSTODY, id('11')]);
    await run(`insert into settlement.stripe_refund (refund_id, state, stripe_refund_id, asked_at, refunded_event_id, refunded_at, failed_event_id, failed_at, reason_code)
      values ($1, 'failed', 're', now(), $2, now(), $3, now(), 'refund_returned')`, [REFUND, SENT, BACK]);
    await post('settlement', '26', SENT!, [`refund_payable:${PAYER}`, 'psp', 500]);
    await post('settlement', '26', BACK!, ['psp', `refund_payable:${PAYER}`, 500]);
    await run(fault);
    expect(await found('S26')).toEqual(rows);
    await forget();
  });
});

describe('R30', () => {
  it.each([
    ['before the freeze', '-1 second', []],
    ['while the freeze was being committed', '30 seconds', []],
    ['while it was frozen', '1 hour', [`redemption:${id('12')}`]],
    ['after the dispute was won', '3 hours', []],
  ])('of a voucher that is redeemed %s', async (_, after, rows) => {
    await run(`insert into redemption.batch (id, order_id, programme_id, count, chunks, face, currency, unit, usable_until, claimable_until, custody_account_id,
        pepper_key_id, serial_permutation_id, created_at)
      values ($1, $2, $3, 1, 1, 1000, 'EUR', true, '2026-12-31', '2027-01-31', $4, 'k', 'p', now())`, [BATCH, ORDER, id('13'), CUSTODY]);
    await run(`insert into redemption.freeze (dispute_id, order_id, event_id, frozen_at) values ('dp', $1, $2, '2026-03-02T10:00:00Z')`, [ORDER, DISPUTED]);
    await run(`insert into redemption.freeze_end (dispute_id, outcome, event_id, ended_at) values ('dp', 'won', $1, '2026-03-02T12:00:00Z')`, [WON]);
    await run(`insert into redemption.redemption (id, voucher_id, batch_id, programme_id, place_id, site_id, amount, co_payment, balance_after, service_date,
        accreditation_version, fee_rule_version, currency, redeemed_at, outbox_id)
      values ($1, $2, $3, $4, $5, $6, 1000, 0, 0, '2026-03-02', 1, 1, 'EUR', timestamptz '2026-03-02T10:00:00Z' + $7::interval, 1)`,
    [id('12'), id('14'), BATCH, id('13'), id('15'), id('16'), after]);
    expect(await found('R30')).toEqual(rows);
    await forget();
  });
});

it('all of them run under the role that checks them', async () => {
  await forget();
  for (const rule of CATALOGUE.filter((invariant) => ['I30', 'S30', 'S26', 'R30'].includes(invariant.id))) {
    expect(await inspect(database.urlFor(rule.schema!), [rule])).toMatchObject({ checked: 1, broken: [] });
  }
});
