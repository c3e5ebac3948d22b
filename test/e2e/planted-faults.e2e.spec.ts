// Goal: an invariant that has never been seen to fail proves nothing. One life is played and ends clean; then, in a copy
// of its database each time, the fault of every invariant is planted by a superuser, and that invariant has to name a row.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { CATALOGUE, inspect } from '#libs/invariants';
import { localDate } from '#libs/kernel';
import { seedOfRun, until } from '#libs/testing';
import { Person } from '../../apps/cli/src/world/api.js';
import { PEOPLE } from '../../apps/cli/src/world/samples.js';
import { playLife } from '../../apps/cli/src/demo/life.js';
import { openLayout, type Running } from './layouts.js';

const CUSTODY = `'01900000-0000-7000-8000-0000000000aa'`;
const post = (schema: string, rule: string, debit: string, credit: string, amount: number) =>
  `insert into ${schema}.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
   values (gen_random_uuid(), 0, '${rule}', '${debit}', '${credit}', ${amount}, 'EUR', ${CUSTODY})`;
const dropPosting = (schema: string, rule: string) =>
  `delete from ${schema}.transfer where (event_id, line) = (select event_id, line from ${schema}.transfer where rule = '${rule}' limit 1)`;
const overReverse = (schema: string) => `
  with o as (select * from ${schema}.transfer limit 1)
  insert into ${schema}.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id, reverses_event_id, reverses_line)
  select gen_random_uuid(), 0, '8', o.credit, o.debit, o.amount + 1, 'EUR', o.custody_account_id, o.event_id, o.line from o`;
const dearerRedemption = `update redemption.redemption set amount = amount + 1 where id = (select id from redemption.redemption limit 1)`;
const onePayment = `(select id from settlement.payment where state = 'booked' order by id desc limit 1)`;

const refundOfNobody = `insert into settlement.refund select gen_random_uuid(), gen_random_uuid(), id, gen_random_uuid(), 5, 'EUR', gen_random_uuid(), now()
  from settlement.payee limit 1`;

/** A document as nobody may write it: without its posting; a credit note cites the first invoice there is, of its whole face value. */
const issued = (kind: 'invoice' | 'credit_note', feeCents: number) => `
  insert into issuance.invoice (id, seller_siren, kind, year, number, display_number, order_id, payer_id, cites_id, reason, issued_on, face_cents, fee_cents,
    vat_cents, currency, content, pdf, pdf_sha256, xml, xml_sha256, event_id, issued_by, issued_at)
  select gen_random_uuid(), '732829320', '${kind}', 2026, 1 + (select count(*) from issuance.invoice), 'X', s.order_id, s.payer_id,
    ${kind === 'invoice' ? 'null, null' : `(select id from issuance.invoice where kind = 'invoice' limit 1), 'correction'`}, '2026-01-01', 1000, ${feeCents},
    0, 'EUR', '{}', 'x', encode(sha256('x'), 'hex'), 'x', encode(sha256('x'), 'hex'), gen_random_uuid(), 'x', now()
  from issuance.order_share s order by s.order_id, s.payer_id limit 1`;

const asOperator = (schema: string, rule: string) => `
  insert into settlement.operator (payee_id, named_by, named_at) select id, 'x', now() from settlement.payee order by id limit 1;
  insert into ${schema}.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
  select gen_random_uuid(), 0, '${rule}', 'bank:' || payee_id, 'cash_in_transit', 99999999, 'EUR', (select id from settlement.bank_account limit 1)
  from settlement.operator`;

const FAULTS: Readonly<Record<string, string>> = {
  'L1:issuance-redemption': dropPosting('redemption', '6'),
  'L1:issuance-settlement': dropPosting('issuance', '2'),
  'L1:redemption-settlement': dropPosting('settlement', '7'),
  L2: `update settlement.transfer set amount = amount + 1 where rule = '7'`,
  'L4:issuance': post('issuance', 'x', 'unmatched', 'clearing:settlement', 1),
  'L4:redemption': post('redemption', 'x', 'outstanding:nobody', 'clearing:settlement', 1),
  'L4:settlement': post('settlement', 'x', 'payable:01900000-0000-7000-8000-000000000001', 'clearing:redemption', 1),
  'L4g:issuance': 'update issuance.guarded_balance set balance = balance + 1',
  'L4g:redemption': `insert into redemption.guarded_balance values ('unmatched', 5)`,
  'L4g:settlement': 'update settlement.guarded_balance set balance = balance + 1',
  'L10:issuance': post('issuance', '22', 'clearing:redemption', 'fee_income', 500),
  'L10:settlement': post('settlement', '22', 'clearing:redemption', 'fee_income', 500),
  'L11:issuance': overReverse('issuance'),
  'L11:redemption': overReverse('redemption'),
  'L11:settlement': overReverse('settlement'),
  // As if the ledger had announced one event less, or more, than audit restated; the faults themselves are planted in the ledgers of a
  // running scheme by ledgers-are-restated.e2e.spec.ts.
  ...Object.fromEntries((['X1 issuance clearing:redemption', 'X2 settlement clearing:issuance', 'X3 redemption clearing:settlement', 'X4 settlement accrued'] as const)
    .map((said) => said.split(' ') as [string, string, string]).map(([id, ledger, account]) => [id, `
      insert into audit.compared_tally (ledger, sender, custody_account_id, programme, account, said_count, said_amount, said_digest, differs_after_seq)
      values ('${ledger}', 'issuance', ${CUSTODY}, 'x', '${account}', 1, 500, 7, 0)`])),
  X5: `update audit.event set received_at = received_at - interval '3 hours'; delete from audit.compared_position`,
  X6: `update settlement.transfer set amount = amount + 1 where rule = '7'`,
  I1: 'update issuance.receipt_match set amount_cents = amount_cents * 2',
  I2: 'update issuance.receipt_match set amount_cents = amount_cents - 1',
  I3: dropPosting('issuance', '6'),
  // Every row that a check is about, made by hand: the life that is played ends long before its vouchers expire.
  I4: `insert into issuance.expired_chunk select gen_random_uuid(), gen_random_uuid(), 0, id, 0, 0, 1, 1, 'EUR', now() from issuance.batch limit 1`,
  I5: post('issuance', '23', 'expired:01900000-0000-7000-8000-000000000001', 'refund_due:01900000-0000-7000-8000-000000000001', 1),
  I6: `insert into issuance.refund (id, payer_id, programme_id, custody_account_id, amount_cents, currency, event_id, requested_by, requested_at)
    select gen_random_uuid(), y.id, p.id, p.custody_account_id, 5, 'EUR', gen_random_uuid(), 'x', now() from issuance.payer y, issuance.programme p limit 1`,
  F1: `insert into issuance.invoice_series values ('732829320', 'invoice', 2026, 1, '2026-01-01')`,
  F2: issued('invoice', 500),
  F3: post('issuance', '3', 'unmatched', 'receivable:01900000-0000-7000-8000-000000000001', 1),
  F4: 'insert into issuance.share_fee select order_id, payer_id, 5, 5 from issuance.order_share limit 1',
  F5: `${issued('invoice', 0)}; ${issued('credit_note', 0)}; ${issued('credit_note', 0)}`,
  F6: `insert into settlement.place_invoice_series values ('732829321', 'invoice', 2026, 1, '2026-01-01')`,
  F7: `insert into settlement.place_invoice (id, seller_siren, kind, year, number, display_number, payee_id, statement_id, issued_on, fee, vat, currency,
      payment, content, sha256, event_id, issued_at)
    select gen_random_uuid(), '732829321', 'invoice', 2026, 1, 'X', payee_id, id, '2026-01-01', fee + 1, vat, 'EUR', 'netted', 'x', encode(sha256('x'), 'hex'), gen_random_uuid(), now()
    from settlement.statement limit 1`,
  F8: post('settlement', '13', 'place_receivable:01900000-0000-7000-8000-000000000001', 'fee_income', 5),
  F9: `alter table settlement.place_charge drop constraint charged_once_a_year;
    insert into settlement.place_charge (id, payee_id, year, rule_version, charged_on, custody_account_id, fee, vat, currency, event_id, charged_at)
    select gen_random_uuid(), id, 2026, 1, '2026-01-01', gen_random_uuid(), 5, 1, 'EUR', gen_random_uuid(), now()
    from (select id from settlement.payee limit 1) p, generate_series(1, 2)`,
  F10: `insert into settlement.place_invoice_discharge (id, place_invoice_id, kind, bank_line_id, amount, currency, event_id, at)
    select gen_random_uuid(), gen_random_uuid(), 'paid', id, 5, 'EUR', gen_random_uuid(), now() from settlement.bank_line limit 1`,
  F11: post('settlement', '13', 'losses', 'place_receivable:01900000-0000-7000-8000-000000000001', 5),
  K1: `insert into issuance.hand_over (id, delivery_outcome_id, batch_id, distributor_id, outcome, received_first, received_last, first, last, handed_over_by, handed_over_at)
      select gen_random_uuid(), gen_random_uuid(), id, gen_random_uuid(), 'received', 0, 9, 0, 9, 'nobody', now() from issuance.batch limit 1`,
  K2: 'update issuance.batch set wrapped_key = null, key_destroyed_at = now() where id = (select id from issuance.batch limit 1)',
  K3: `delete from audit.event where type = 'print_file.taken.v1'`,
  K5: `insert into issuance.booklet_use (batch_id, booklet, redeemed_count, redeemed_cents, undone_count, undone_cents)
      select batch_id, 999999, 1000000, 100000000, 0, 0 from issuance.batch_funnel limit 1`,
  K4: `insert into redemption.known_stock (range_id, batch_id, distributor_id, first, last, handed_over_at)
      values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 0, 9, now())`,
  G1: `update redemption.batch set services = '{employment}'`,
  G2: `update redemption.batch set redemption_max = 1`,
  G3: `insert into redemption.known_programme_rule select programme_id, 99, '2026-01-01', '[]' from redemption.known_programme limit 1`,
  P1: `update redemption.redemption set service = 'employment', tariff_version = 9, tariff_price = 100000`,
  P2: `update redemption.batch set service_prices = '[{"service": "employment", "priceCentsMax": 1}]'`,
  P4: 'update redemption.redemption set paid_beside = 1 where id = (select id from redemption.redemption limit 1)',
  P3: 'update settlement.claim_line set tariff_version = 9, tariff_cents = 100000',
  I7: 'update issuance.order_share set funded_cents = funded_cents - 1',
  I8: post('issuance', '4', 'clearing:settlement', 'unmatched', 500),
  I9: `insert into issuance.receipt_release (bank_line_id, id, amount_cents, currency, reason, event_id, released_by, released_at)
    select bank_line_id, gen_random_uuid(), 1, 'EUR', 'not_ours', gen_random_uuid(), 'x', now() from issuance.receipt limit 1`,
  L9: 'update issuance.activation_share set amount_cents = amount_cents - 1',
  'L9:rejected': `insert into issuance.rejected_claim (claim_line_id, redemption_id, event_id, order_id, batch_id, amount_cents, currency, reason, taken_at)
    select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), order_id, id, 1, 'EUR', 'fraud', created_at from issuance.batch limit 1`,
  L3: 'update redemption.voucher set balance = 0 where id = (select id from redemption.voucher where balance > 0 limit 1)',
  L5: dearerRedemption,
  R1: dearerRedemption,
  R2: `insert into redemption.redemption select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid()))).* from redemption.redemption r limit 1`,
  R3: `update redemption.redemption set service_date = '2099-01-01' where id = (select id from redemption.redemption limit 1)`,
  R4: dearerRedemption,
  R7: `insert into redemption.undone_redemption
    select gen_random_uuid(), id, voucher_id, batch_id, place_id, amount, 'EUR', 'other', 'nobody', now() from redemption.redemption limit 1`,
  R8: `insert into redemption.replacement
    select gen_random_uuid(), gen_random_uuid(), id, 0, 0, 1, 1000, 'EUR', now() from redemption.batch limit 1`,
  R5: 'update redemption.voucher set expired = balance, balance = 0 where id = (select id from redemption.voucher where balance > 0 limit 1)',
  R6: `with run as (insert into redemption.expiry_run select gen_random_uuid(), id, 0, 'x', now(), now() from redemption.batch limit 1 returning id)
    insert into redemption.expiry_chunk select id, 0, 0, 9, 1, 1, 'EUR', gen_random_uuid(), now() from run`,
  R35: `update redemption.voucher set held = face, held_until = now(), hold_id = gen_random_uuid()
    where id = (select id from redemption.voucher where balance = face limit 1)`,
  R24: `insert into redemption.batch_extension select gen_random_uuid(), id, usable_until, claimable_until, usable_until + 1, claimable_until + 1,
    5, 'EUR', 0, now(), now() from redemption.batch limit 1`,
  I24: `with x as (insert into issuance.order_extension select gen_random_uuid(), id, null, '2099-01-01', '2099-01-01', 'x', now() from issuance.order limit 1 returning id)
    insert into issuance.batch_extension select gen_random_uuid(), x.id, b.id, 5, 1, 0, 'EUR' from x, issuance.batch b limit 1`,
  S1: dropPosting('settlement', '7'),
  S2: dearerRedemption,
  S3: 'update settlement.claim_line set gross = gross + 1 where id = (select id from settlement.claim_line limit 1)',
  S10: `insert into settlement.claim_line
    select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'undo_id', gen_random_uuid(), 'gross', -c.gross, 'source_seq', 999999))).*
    from settlement.claim_line c limit 1`,
  S40: `insert into settlement.claim_line
      select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'redemption_id', gen_random_uuid(), 'source_seq', 999999))).*
      from settlement.claim_line c where c.undo_id is null limit 1;
    insert into settlement.statement_closing (up_to_seq, opened_by, opened_at, finished_at, period) values (1000000, 'nobody', now(), now(), '9999-12')`,
  S4: `drop index settlement.one_live_payment_per_statement;
    insert into settlement.payment (id, run_id, payee_id, payee_bank_account_id, end_to_end_id, amount, currency, state)
      select '01900000-0000-7000-8000-000000000001', gen_random_uuid(), payee_id, payee_bank_account_id, 'MRX', amount, currency, state
      from settlement.payment where id = ${onePayment};
    insert into settlement.payment_statement (payment_id, statement_id, live) select '01900000-0000-7000-8000-000000000001', statement_id, true
      from settlement.payment_statement where payment_id = ${onePayment}`,
  S5: `update settlement.payment set amount = amount + 1 where id = ${onePayment}`,
  S11: refundOfNobody,
  S12: refundOfNobody,
  S6: dropPosting('settlement', '2b'),
  L6: `update settlement.payment set amount = amount + 1 where id = ${onePayment}`,
  L7: `update settlement.bank_statement set closing_balance = 0, opening_balance = debits - credits
    where ordinal = (select max(ordinal) from settlement.bank_statement)`,
  L7p: post('settlement', '5', 'psp_fees', 'psp', 85),
  S13: post('settlement', '2', 'bank_unknown', 'clearing:issuance', 1),
  I30: post('issuance', '30', 'receivable:01900000-0000-7000-8000-000000000001', 'clearing:settlement', 500),
  S30: post('settlement', '30', 'clearing:issuance', 'psp', 500),
  S26: post('settlement', '26', 'refund_payable:01900000-0000-7000-8000-000000000001', 'psp', 500),
  S48: `insert into settlement.stripe_movement (id, stripe_type, kind, amount, fee, net, currency, source_id, transfer_id, transfer_payment_id, bank_account_id,
      moved_at, read_at)
    select 'txn_' || n, 'transfer', 'transfer', -p.amount, 0, -p.amount, 'EUR', 'tr_' || n, 'tr_' || n, p.id, b.id, now(), now()
    from (select * from settlement.payment where id = ${onePayment}) p, (select id from settlement.bank_account limit 1) b, generate_series(1, 2) n`,
  R30: `insert into redemption.freeze (dispute_id, order_id, event_id, frozen_at)
    select 'dp_planted', b.order_id, gen_random_uuid(), r.redeemed_at - interval '1 hour'
    from redemption.redemption r join redemption.batch b on b.id = r.batch_id limit 1`,
  R33: `insert into redemption.measure (id, place_id, programme_id, kind, from_day, reason, explanation, decided_by, decided_at)
    select gen_random_uuid(), r.place_id, r.programme_id, 'suspension', r.service_date, 'other', 'planted', 'x', r.redeemed_at - interval '1 hour'
    from redemption.redemption r limit 1`,
  R36: `insert into redemption.departure (id, place_id, programme_id, from_day, stated_by, stated_at)
    select gen_random_uuid(), r.place_id, r.programme_id, r.service_date, 'x', r.redeemed_at - interval '1 hour' from redemption.redemption r limit 1`,
  S34: `update settlement.claim_line set held_for = gen_random_uuid() where id = (select claim_line_id from settlement.statement_line where gross > 0 limit 1)`,
  S14: post('settlement', '5', 'bank_unknown', 'cash_in_transit', 500),
  L7b: dropPosting('settlement', '2b'),
  L8: dropPosting('settlement', '15'),
  S7: dropPosting('settlement', '10'),
  S8: `insert into settlement.statement (id, payee_id, custody_account_id, from_seq, up_to_seq, line_count, gross, fee, vat, commons, net, currency,
      content, sha256, closed_at)
    select gen_random_uuid(), payee_id, custody_account_id, 0, up_to_seq + 1, line_count, gross, fee, vat, commons, net, currency,
      content || ' ', encode(sha256(convert_to(content || ' ', 'UTF8')), 'hex'), closed_at from settlement.statement limit 1`,
  S50: post('settlement', '20', 'losses', 'place_receivable:01900000-0000-7000-8000-000000000001', 500),
  S51: 'update settlement.statement set net = -net, gross = -gross, fee = -fee, vat = -vat, commons = -commons where id = (select id from settlement.statement limit 1)',
  S52: `insert into settlement.debit_note_discharge (event_id, debit_note_id, kind, bank_line_id, amount, currency, at)
    select gen_random_uuid(), gen_random_uuid(), 'paid', id, 5, 'EUR', now() from settlement.bank_line limit 1`,
  S60: post('settlement', 'x', 'clearing:issuance', 'allocated:01900000-0000-7000-8000-000000000001', 5),
  S61: `insert into settlement.allocation_decision values (gen_random_uuid(), 'voted', gen_random_uuid(), now())`,
  S62: asOperator('settlement', '32'),
  S63: `update settlement.settlement_run set purpose = 'fees' where state = 'released'`,
  S64: asOperator('settlement', '32'),
  S77: post('settlement', '12', 'accrued:01900000-0000-7000-8000-000000000001', 'commons:01900000-0000-7000-8000-000000000002', 5),
  S78: `insert into settlement.allocation values ('01900000-0000-7000-8000-0000000000f7', '01900000-0000-7000-8000-000000000002', gen_random_uuid(),
      gen_random_uuid(), 5, 'EUR', 'x', 'x', now());
    insert into settlement.allocation_voice values ('01900000-0000-7000-8000-0000000000f7', 'eve', 'for', null, now())`,
  S79: post('settlement', '28', 'commons:01900000-0000-7000-8000-000000000002', 'allocated:01900000-0000-7000-8000-000000000001', 5),
  S80: post('settlement', '29', 'commons:general', 'commons_lent:general', 5),
  S81: post('settlement', '14', 'advance:01900000-0000-7000-8000-000000000001', 'transit:01900000-0000-7000-8000-000000000002', 5),
  S82: `insert into settlement.early_payment_end values (gen_random_uuid(), gen_random_uuid(), 'netted', gen_random_uuid(), 5, 'EUR', gen_random_uuid(), now());
    insert into settlement.early_payment values (gen_random_uuid(), 'general', gen_random_uuid(), gen_random_uuid(), 700, 966, 0, 'EUR', gen_random_uuid(), 'x', now())`,
  S83: post('settlement', '27', 'bank:01900000-0000-7000-8000-000000000001', 'commons:general', 5),
  S84: `insert into settlement.national_pool_rule values (1, '2099-01-01', '{bert,zoe}', 'anna', now());
    insert into settlement.pool_rule_decision values ('general', 1, 'confirmed', gen_random_uuid(), 'anna', now())`,
  S85: `insert into settlement.sharing_rule select programme_id, 900, '2099-01-01', 0, 0, '{bert,zoe}', null, 'anna', now()
      from (select distinct on (programme_id) programme_id, fee_basis_points from settlement.fee_rule
        order by programme_id, effective_from desc) f where f.fee_basis_points > 0 limit 1;
    insert into settlement.pool_rule_decision select programme_id::text, 900, 'confirmed', gen_random_uuid(), 'bert', now()
      from settlement.sharing_rule where version = 900`,
  S9: `update settlement.payment set state = 'rejected' where id = ${onePayment}`,
  M1: 'delete from audit.event where (sender, seq) = (select sender, seq from audit.event limit 1)',
  M2: `update redemption.sent_batch set count = count + 1 where batch_no = 1`,
  M3: `delete from settlement.inbox where sender = 'redemption' and message_id in (select id from audit.event where type = 'voucher.redeemed.v1' limit 1)`,
  M4: `delete from audit.event where id = (select event_id from redemption.transfer limit 1)`,
  A1: `delete from audit.event where (sender, seq) = (select sender, first_seq from audit.sealed_stretch where first_index = 0)`,
  A2: `delete from audit.sealed_stretch where first_index = (select max(first_index) from audit.sealed_stretch)`,
  A3: `update audit.event set body = jsonb_set(body, '{amountCents}', '900') where id = (select id from audit.event where type = 'voucher.redeemed.v1' limit 1)`,
  A4: `update audit.sealed_stretch set hashes = substr(hashes, 33, 32) || substr(hashes, 1, 32) || substr(hashes, 65)
    where first_index = (select min(first_index) from audit.sealed_stretch where count > 1)`,
  A5: `update audit.checkpoint set root = sha256('forged'), note = origin || E'\n' || size || E'\n' || encode(sha256('forged'), 'base64') || E'\ntime ' || substr(note, strpos(note, E'\ntime ') + 6)`,
  A6: 'delete from audit.checkpoint',
  A8: 'update settlement.known_checkpoint set follows_proved = false',
  // As if the ones before it had been deleted.
  A7: `insert into audit.coverage_statement (number, previous_sha256, day, final, content, sha256, key_id, signature, made_at)
    select 1000, h, '2026-03-02', false, c, encode(sha256(convert_to(c, 'UTF8')), 'hex'), 'k', decode(repeat('00', 64), 'hex'), now()
    from (select h, jsonb_build_object('number', 1000, 'previous', h, 'day', '2026-03-02', 'final', false)::text as c from (select repeat('0', 64) as h) o) s`,
  A11: `insert into audit.alert (id, rule, rule_version, place_id, window_from, window_to, round, severity, raised_at, measured, fact_count, amount, first_at, last_at)
    values (gen_random_uuid(), 'night', 1, gen_random_uuid(), '2026-03-02', '2026-03-02', 1, 2, now(), '{}', 1, 0, now(), now())`,
  A12: `insert into audit.alert_decision (alert_id, outcome, explanation, text_fr, text_en, decided_by, decided_at, event_id)
    values (gen_random_uuid(), 'upheld', 'x', 'x', 'x', 'x', now(), gen_random_uuid())`,
  S65: `with a as (insert into settlement.known_alert (alert_id, place_id, rule, text_fr, text_en, upheld_by, kept_at)
      select gen_random_uuid(), l.place_id, 'night', 'x', 'x', 'x', s.closed_at - interval '1 day'
      from settlement.statement_line l join settlement.statement s on s.id = l.statement_id where l.gross > 0 order by s.closed_at desc limit 1 returning alert_id, kept_at)
    insert into settlement.known_alert_line (alert_id, redemption_id)
      select a.alert_id, l.redemption_id from a join settlement.statement s on s.closed_at = a.kept_at + interval '1 day'
      join settlement.statement_line l on l.statement_id = s.id where l.gross > 0 limit 1`,
  A9: `delete from audit.event where type = 'member.confirmed.v1'`,
  A10: `insert into audit.sample (id, organisation_id, mandate_ids, title, population, filter, stratum, band_cents, log_size, frame_count, frame_cents, seed, size,
      drawn_by, drawn_at)
    values (gen_random_uuid(), gen_random_uuid(), array[gen_random_uuid()], 'x', 'redemption', '{}', 'none', '{}', 1, 1, 1, 'x', 1, gen_random_uuid(), now())`,
  M5: `update audit.event set occurred_at = occurred_at - interval '1 day' where type = 'payment.returned.v1'`,
};

let running: Running;

beforeAll(async () => {
  running = await openLayout('platform', 'postgres', `${seedOfRun()}:faults`);
  const { plot, setting } = running;
  const today = localDate(new Date().toISOString().slice(0, 10));
  await playLife(setting, today, () => {});
  const { email } = PEOPLE.operator;
  await new Person({ email, password: plot.passwordFor(email) }, setting).post('/audit/checkpoints');
  await until('the life is quiet and clean', async () => (await inspect(running.database.inspectorUrl)).broken.length === 0, 30_000);
  await running.stop(); // a database with a guest in it cannot be copied
}, 120_000);
afterAll(async () => { await running?.close(); }, 60_000);

describe('an invariant', () => {
  it('is planted against, each of them', () => {
    expect(Object.keys(FAULTS).sort()).toEqual(CATALOGUE.map(({ id }) => id).sort());
  });

  it.each(CATALOGUE.map((invariant) => [invariant.id, invariant] as const))('%s holds in the clean copy, and names a row when its fault is planted', async (id, invariant) => {
    const copy = await copyOf(running.database.adminUrl);
    try {
      expect((await inspect(copy.url, [invariant])).broken).toEqual([]);
      await plant(copy.url, FAULTS[id]!);
      const { broken } = await inspect(copy.url, [invariant]);
      expect(broken.length).toBeGreaterThan(0);
      expect(broken[0]!.rowNamed).toMatch(/\S/);
    } finally {
      await copy.drop();
    }
  });
});

async function plant(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`set session_replication_role = replica; ${sql}`).finally(() => client.end());
}

async function copyOf(adminUrl: string) {
  const server = new URL(adminUrl);
  const source = server.pathname.slice(1);
  const name = `mereau_copy_${randomBytes(5).toString('hex')}`;
  server.pathname = '/postgres';
  const onServer = async (sql: string) => {
    const client = new pg.Client({ connectionString: server.href });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await onServer(`create database ${name} template ${source} strategy file_copy`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(`drop database ${name} with (force)`) };
}
