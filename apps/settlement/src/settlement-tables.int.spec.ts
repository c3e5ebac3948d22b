// What the database refuses to this service's own role, whatever the code above it does.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chartOf } from '#libs/ledger';
import { fakeIban } from '#libs/testing';
import { ANNA, BERT, CLEO, plain, SettlementWorld, type Place } from '../../../test/builders/settlement-world.js';

let world: SettlementWorld;
let place: Place & { payeeId: string };
let runId: string;

beforeAll(async () => {
  world = await SettlementWorld.create();
  place = await world.owedPlace();
  await world.closeStatements();
  runId = plain((await world.createRun())['runId']);
});
afterAll(() => world.close());

const DENIED = '42501';
const refused = async (sql: string, values: unknown[] = []) => {
  await world.service.query('begin');
  try {
    await world.service.query(sql, values);
    await world.service.query('set constraints all immediate');
    return 'done';
  } catch (error) {
    const { code, constraint, message } = error as { code: string; constraint?: string; message: string };
    return code === DENIED ? DENIED : constraint ?? message;
  } finally {
    await world.service.query('rollback');
  }
};
const digest = (text: string) => createHash('sha256').update(text).digest('hex');

describe('the role of settlement', () => {
  it.each([
    'bank_statement_file', 'bank_statement', 'bank_line', 'bank_line_match', 'iban_holder', 'fee_rule', 'claim_line', 'redemption_total_part',
    'redemption_total', 'statement', 'statement_fee', 'statement_proof', 'payment_file', 'payment_file_download', 'payment_movement', 'approval', 'transfer',
    'stripe_account', 'stripe_charge', 'stripe_movement', 'stripe_payout_arrival', 'bank_line_identification',
    'hold', 'held_line', 'hold_decision', 'payment_report_file', 'payment_report', 'payment_report_status', 'payment_rejection',
    'known_measure', 'known_measure_end', 'known_departure', 'known_departure_end', 'known_alert', 'known_alert_line', 'known_alert_appeal', 'known_alert_answer', 'statement_clearance', 'payee_verification_file', 'payee_verification',
    'approval_breaker', 'run_left_out', 'iban_share', 'iban_share_approval', 'iban_share_withdrawal', 'closing_rule', 'carry_over', 'closing_call',
    'destination_holder', 'payout_stop', 'payout_stop_lifting', 'run_cancellation',
    'operator', 'earned_total', 'earned_total_line', 'fees_release', 'allocation', 'allocation_voice', 'allocation_decision',
    'early_payment_rule', 'early_payment', 'early_payment_end', 'sharing_rule', 'national_pool_rule', 'pool_rule_decision', 'commons_share', 'gift', 'pool_movement',
    'incident', 'incident_decision', 'debit_note', 'debit_note_discharge', 'debit_note_loss', 'debit_note_loss_decision',
    'place_charge_rule', 'place_charge', 'place_invoice_discharge',
  ])('neither edits nor deletes a fact: %s', async (table) => {
    const [{ column }] = await world.rows<{ column: string }>(
      `select column_name as column from information_schema.columns where table_schema = 'settlement' and table_name = $1 limit 1`, [table]) as [{ column: string }];
    expect(await refused(`update settlement.${table} set "${column}" = "${column}"`)).toBe(DENIED);
    expect(await refused(`delete from settlement.${table}`)).toBe(DENIED);
    expect(await refused(`truncate settlement.${table}`)).toBe(DENIED);
    const guarded = await world.admin.query(`update settlement.${table} set "${column}" = "${column}"`).then(
      ({ rowCount }) => `${rowCount} rows`, (error: Error) => error.message);
    expect(guarded).toMatch(/append-only|^0 rows$/);
  });

  it('changes of other rows only what moves', async () => {
    for (const [table, columns] of Object.entries({
      settlement_run: ['created_by', 'amount', 'message_id', 'bank_account_id', 'rail'], payment: ['amount', 'payee_id', 'payee_bank_account_id', 'payee_destination_id', 'end_to_end_id', 'rail'],
      payee_bank_account: ['iban', 'maker', 'payee_id'], payee_site: ['place_id'], bank_account: ['iban'], statement_closing: ['up_to_seq', 'opened_by', 'period'],
      payment_statement: ['live', 'statement_id'], stripe_payout: ['amount', 'descriptor', 'arrives_on'], stripe_event: ['type', 'livemode'],
      guarded_balance: ['balance'], payee_destination: ['stripe_account_id', 'maker', 'payee_id', 'business_name'],
      stripe_transfer: ['destination', 'amount', 'released_at'], known_programme: ['programme_id'], known_accreditation: ['place_id', 'programme_id'],
    })) {
      for (const column of columns) expect([table, column, await refused(`update settlement.${table} set ${column} = ${column}`)]).toEqual([table, column, DENIED]);
    }
  });

  it.each(['issuance', 'redemption', 'audit', 'identity'])('has no way into the schema of %s', async (schema) => {
    const { rows } = await world.service.query<{ usage: boolean }>('select has_schema_privilege($1, $2) as usage', [schema, 'usage']);
    expect(rows[0]!.usage).toBe(false);
  });
});

describe('the database', () => {
  const insertTransfer = (debit: string, credit: string, amount: number) => refused(
    `insert into settlement.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
     values (gen_random_uuid(), 0, '14', $1, $2, $3, 'EUR', $4)`, [debit, credit, amount, world.bankAccountId]);

  it('lets no payable go below zero', async () => {
    const payable = `payable:${plain(place.payeeId)}`;
    expect(await insertTransfer(payable, `transit:${world.newId()}`, 966)).toBe('done');
    expect(await insertTransfer(payable, `transit:${world.newId()}`, 967)).toBe('guarded_balance_balance_check');
    expect(await insertTransfer(`payable:${world.newId()}`, `transit:${world.newId()}`, 1)).toMatch('no balance to draw');
  });

  describe('of many transfers in one statement', () => {
    type Moved = readonly [debit: string, credit: string, amount: number];
    const insertAll = (...rows: Moved[]) => refused(
      `insert into settlement.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
       select gen_random_uuid(), 0, '14', t.debit, t.credit, t.amount, 'EUR', $4
       from unnest($1::text[], $2::text[], $3::bigint[]) with ordinality t(debit, credit, amount, place) order by place`,
      [rows.map(([debit]) => debit), rows.map(([, credit]) => credit), rows.map(([, , amount]) => amount), world.bankAccountId]);
    const [one, two] = ['payable:one', 'payable:two'];

    it('takes none where any guarded account ends below zero, whichever of its rows draws it', async () => {
      expect(await insertAll([one!, 'losses', 11], ['losses', one!, 10], ['losses', two!, 5])).toMatch('no balance to draw');
      const payable = `payable:${plain(place.payeeId)}`;
      expect(await insertAll(['losses', two!, 5], [payable, 'losses', 500], ['losses', payable, 3], [payable, 'losses', 470])).toBe('guarded_balance_balance_check');
      expect(await insertAll(['losses', two!, 5], [payable, 'losses', 500], ['losses', payable, 3], [payable, 'losses', 469])).toBe('done');
    });

    it('counts what comes in and goes out of an account as one, in whatever order its rows are', async () => {
      expect(await insertAll([one!, 'losses', 5], ['losses', one!, 5])).toBe('done');
      expect(await insertAll(['losses', one!, 5], [one!, two!, 5], [two!, 'losses', 5])).toBe('done');
    });

    it('locks accounts in one order: two that have the same ones in opposite orders wait, and do not kill each other', async () => {
      const post = (order: 'asc' | 'desc') => `begin;
        insert into settlement.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
        select gen_random_uuid(), 0, '14', 'accrued:x', 'transit:' || n, 1, 'EUR', '${world.bankAccountId}' from generate_series(1, 2000) n order by n ${order};`;
      await world.service.query(`${post('asc')} commit`);
      for (let round = 0; round < 3; round += 1) {
        const both = [[world.service, 'asc'], [world.admin, 'desc']] as const;
        await Promise.all(both.map(([client, order]) => client.query(`${post(order)} rollback`)));
      }
    });
  });

  it('guards the accounts that the chart marks as guarded', async () => {
    const guarded = chartOf('settlement').filter(({ guarded: marked }) => marked).map(({ kind }) => kind);
    for (const kind of guarded) expect([kind, await insertTransfer(`${kind}:x`, 'losses', 1)]).toEqual([kind, expect.stringMatching('no balance to draw')]);
    expect(await insertTransfer('accrued:x', 'losses', 1)).toBe('done');
  });

  it('knows custodies that it does not allow', async () => {
    const open = (custody: string) => refused(
      `insert into settlement.bank_account (id, name, iban, bic, custody, opened_by, opened_at)
       values (gen_random_uuid(), 'x', $1, 'PSSTFRPP', $2, 'x', now())`, [fakeIban(world.newAccount()), custody]);
    expect(await open('segregated_account')).toBe('done');
    for (const custody of ['payer_account', 'operator_float']) expect(await open(custody)).toBe('custody_supported');
    expect(await open('anything')).toMatch(/custody/);
  });

  it('lets nobody approve a bank account that he entered, or take an approval back', async () => {
    const version = `select id from settlement.payee_bank_account where payee_id = '${plain(place.payeeId)}'`;
    const propose = `insert into settlement.payee_bank_account (id, payee_id, version, iban, holder, maker, proposed_at)
      values (gen_random_uuid(), '${plain(place.payeeId)}', 2, '${fakeIban(3)}', 'X', 'anna', now());`;
    expect(await refused(`${propose} update settlement.payee_bank_account set checker = 'anna', approved_at = now(), approval_reason = 'x' where version = 2`)).toBe('checker_is_not_maker');
    expect(await refused(`${propose} update settlement.payee_bank_account set checker = 'bert', approved_at = now(), approval_reason = 'x' where version = 2`)).toBe('one_payee_per_iban');
    expect(await refused(`${propose} update settlement.payee_bank_account set checker = 'bert', approved_at = now() where version = 2`)).toMatch('not confirmed by the bank');
    expect(await refused(`${propose} update settlement.payee_bank_account set checker = 'bert', approved_at = '2020-01-01', approval_reason = 'x' where version = 2`)).toBe('replaced_after_approval');
    expect(await refused(`update settlement.payee_bank_account set replaced_at = now() where id in (${version})`)).toMatch('replaced by none');
    expect(await refused(`update settlement.payee_bank_account set checker = 'zoe' where id in (${version})`)).toMatch('stays so');
    expect(await refused(`update settlement.payee_bank_account set blocked_at = now(), blocked_reason = 'AC04' where id in (${version});
      update settlement.payee_bank_account set blocked_at = null, blocked_reason = null where id in (${version})`)).toMatch('stays so');
  });

  it('keeps a place at the payee that is owed its claims', async () => {
    expect(await refused(`insert into settlement.payee (id, created_at) values ($1, now())`, [world.newId()])).toBe('done');
    const other = await world.accredit();
    const [row] = await world.rows<{ payee_id: string }>('select payee_id from settlement.payee_site where place_id = $1', [other.placeId]);
    expect(await refused('update settlement.payee_site set payee_id = $1 where place_id = $2', [row!.payee_id, place.placeId])).toBe('site_stays_with_payee');
  });

  const approveAs = (user: string, sha256: string) => refused(
    `insert into settlement.approval (run_id, user_id, sha256, at) values ($1, $2, $3, now())`, [runId, user, sha256]);
  const sha256Of = async () => (await world.rows<{ sha256: string }>('select sha256 from settlement.payment_file where run_id = $1', [runId]))[0]!.sha256;

  it('lets neither the creator nor the maker of an IBAN approve a run, nor anybody other bytes', async () => {
    const sha256 = await sha256Of();
    expect(await approveAs(ANNA.userId, sha256)).toMatch('cannot be approved by its creator');
    expect(await approveAs(BERT.userId, digest('other'))).toBe('approves_these_bytes');
    expect(await approveAs(BERT.userId, sha256)).toBe('done');
    expect(await approveAs(CLEO.userId, sha256)).toMatch('who changed a bank account');
    const made = `update settlement.payee_bank_account set maker = '${BERT.userId}'`;
    await world.admin.query('begin');
    await world.admin.query(made);
    await expect(world.admin.query('insert into settlement.approval (run_id, user_id, sha256, at) values ($1, $2, $3, now())', [runId, BERT.userId, sha256]))
      .rejects.toThrow('who changed a bank account');
    await world.admin.query('rollback');
  });

  it('moves a run only along its way, and its payments with it', async () => {
    const run = (state: string) => `update settlement.settlement_run set state = '${state}'${state === 'released' ? `, released_by = 'x', released_at = now()` : ''} where id = '${runId}'`;
    const payments = (state: string) => `update settlement.payment set state = '${state}' where run_id = '${runId}'`;
    const approval = `insert into settlement.approval (run_id, user_id, sha256, at) values ('${runId}', '${BERT.userId}', '${await sha256Of()}', now())`;
    expect(await refused(run('released'))).toMatch('cannot go from drafted to released');
    expect(await refused(run('approved'))).toMatch('has no approval');
    expect(await refused(payments('released'))).toMatch('cannot go from instructed to released');
    expect(await refused(payments('booked'))).toMatch('cannot go from instructed to booked');
    expect(await refused([approval, run('approved'), run('released'), payments('released')].join(';'))).toBe('done');
    const breaker = `insert into settlement.approval_breaker values ('${runId}', '${BERT.userId}', 'total', '{}', 'x')`;
    const second = approval.replace(BERT.userId, 'dora');
    expect(await refused([approval, breaker, run('approved')].join(';'))).toMatch('is unusual and has one approval');
    expect(await refused([approval, run('approved'), breaker, run('released')].join(';'))).toMatch('is unusual and has one approval');
    expect(await refused([approval, breaker, second, run('approved'), run('released'), payments('released')].join(';'))).toBe('done');
    expect(await refused([approval, run('approved'), run('released'), run('cancelled')].join(';'))).toMatch('cannot go from released to cancelled');
    expect(await refused([approval, run('approved'), run('released'), payments('released'), payments('booked')].join(';'))).toMatch('cannot go from released to booked');
    expect(await refused([approval, run('approved'), run('released'), payments('released'), payments('rejected')].join(';')))
      .toMatch('cannot go from released to rejected');
    expect(await refused([run('cancelled'), payments('cancelled'), payments('instructed')].join(';'))).toMatch('cannot go from cancelled');
  });

  it('keeps why a run was cancelled, of cancelled runs and of no other', async () => {
    const cancelled = `update settlement.settlement_run set state = 'cancelled' where id = '${runId}'`;
    const why = `insert into settlement.run_cancellation (run_id, reason, cancelled_by, cancelled_at) values ('${runId}', 'why', 'x', now())`;
    expect(await refused(`${why}; ${cancelled}`)).toBe('done');
    expect(await refused(cancelled)).toMatch('is cancelled without a reason');
    expect(await refused(why)).toMatch('is not cancelled');
    expect(await refused(why.replace('\'why\'', '\'\''))).toBe('run_cancellation_reason_check');
  });

  it('pays a statement by one live payment, its exact net, to its own payee', async () => {
    const statement = `select id from settlement.statement where payee_id = '${plain(place.payeeId)}'`;
    const account = `select id from settlement.payee_bank_account where payee_id = '${plain(place.payeeId)}'`;
    const second = (amount: number) => `
      insert into settlement.settlement_run (id, bank_account_id, state, message_id, payment_information_id, execution_on, payment_count, amount, currency, created_by, created_at)
        values ('${fresh}', '${world.bankAccountId}', 'drafted', 'M2', 'P2', now(), 1, 966, 'EUR', 'x', now());
      insert into settlement.payment (id, run_id, payee_id, payee_bank_account_id, end_to_end_id, amount, currency, state)
        values ('${fresh}', '${fresh}', '${plain(place.payeeId)}', (${account}), 'E2', ${amount}, 'EUR', 'instructed')`;
    const link = `insert into settlement.payment_statement (payment_id, statement_id, live) values ('${fresh}', (${statement}), true)`;
    const cancel = `insert into settlement.run_cancellation (run_id, reason, cancelled_by, cancelled_at) values ('${runId}', 'why', 'x', now());
      update settlement.settlement_run set state = 'cancelled' where id = '${runId}'; update settlement.payment set state = 'cancelled' where run_id = '${runId}'`;
    expect(await refused(`${second(966)}; ${link}`)).toBe('one_live_payment_per_statement');
    expect(await refused(`${cancel}; ${second(966)}; ${link}`)).toBe('done');
    expect(await refused(`${cancel}; ${second(967)}; ${link}`)).toMatch('of 967 pays statements of 966');
    expect(await refused(`${cancel}; ${second(966)}`)).toMatch('pays statements of <NULL>');
  });

  it('lets statements of a payee only follow each other, with parts that make the whole and the digest of their text', async () => {
    const insert = (over: Partial<Record<'from' | 'upTo' | 'net' | 'sha', string>> = {}) => refused(`
      insert into settlement.statement_closing (up_to_seq, period, opened_by, opened_at, finished_at) values (9000, '2026-04', 'x', now(), now());
      insert into settlement.statement (id, payee_id, custody_account_id, from_seq, up_to_seq, line_count, gross, fee, vat, commons, net, currency, content, sha256, closed_at)
      values (gen_random_uuid(), '${plain(place.payeeId)}', '${world.bankAccountId}', ${over.from ?? '(select max(up_to_seq) from settlement.statement)'},
        ${over.upTo ?? '9000'}, 1, 100, 0, 0, 0, ${over.net ?? '100'}, 'EUR', 'text', '${over.sha ?? digest('text')}', now())`);
    expect(await insert()).toBe('done');
    expect(await insert({ from: 'null' })).toBe('one_successor');
    expect(await insert({ from: '1' })).toBe('follows_its_predecessor');
    expect(await insert({ net: '99' })).toBe('parts_make_the_whole');
    expect(await insert({ sha: digest('other text') })).toBe('sha256_of_content');
  });

  it('takes closings only with a month, in the order of their months', async () => {
    const close = (period: string) => refused(`
      insert into settlement.statement_closing (up_to_seq, period, opened_by, opened_at, finished_at) values (9000, '${period}', 'x', now(), now())`);
    expect(await close('2026-04')).toBe('done');
    expect(await close('2026-13')).toBe('period_is_a_month');
    expect(await close('2026-03')).toMatch('before an earlier closing');
  });

  it('keeps a file only under the digest of its bytes, and a bank statement only where its balances add up and carry on', async () => {
    expect(await refused(`insert into settlement.bank_statement_file values ($1, 'abc'::bytea, 'x', now())`, [digest('abc')])).toBe('done');
    expect(await refused(`insert into settlement.bank_statement_file values ($1, 'abc'::bytea, 'x', now())`, [digest('abd')])).toMatch(/check/);
    const insert = (ordinal: number, opening: number, credits: number, closing: number) => `
      insert into settlement.bank_statement (id, bank_account_id, ordinal, statement_ref, file_sha256, content_sha256, opened_on, closed_on, opening_balance,
        credits, debits, closing_balance, currency, line_count, imported_by, imported_at)
      values (gen_random_uuid(), '${world.bankAccountId}', ${ordinal}, 'S${ordinal}', '${digest('abc')}', '${digest('')}', now(), now(), ${opening}, ${credits}, 0,
        ${closing}, 'EUR', 0, 'x', now());`;
    const file = `insert into settlement.bank_statement_file values ('${digest('abc')}', 'abc'::bytea, 'x', now());`;
    expect(await refused(file + insert(1, 0, 100, 100) + insert(2, 100, 5, 105))).toBe('done');
    expect(await refused(file + insert(1, 0, 100, 101))).toBe('balances_add_up');
    expect(await refused(file + insert(1, 0, 100, 100) + insert(2, 99, 5, 104))).toBe('balance_carries_on');
    expect(await refused(file + insert(2, 0, 5, 5))).toBe('balance_carries_on');
  });

  let fresh = '';
  beforeAll(() => { fresh = world.newId(); });
});
