// What the database itself refuses to the service's own role, so that no fault of our code can do it.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { BATCH_STATES } from './batch-state.decision.js';
import { EVENT_OUTCOMES } from './book-card-payments/book-card-payments.decision.js';
import { MATCH_OUTCOMES } from './match-receipt/match-receipt.decision.js';
import { IssuanceWorld, plain, type PlacedOrder } from '../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
let service: pg.Client;
let order: PlacedOrder;
let batchId: string;
let bankLineId: string;
let cardPaymentId: string;

const cardPaymentSql = `insert into issuance.card_payment (id, order_id, payer_id, amount_cents, currency, opened_by, opened_at)
  values ($1, $2, $3, $4, 'EUR', 'test', now())`;
/** Payment, Stripe's id, amount, cover, excess. */
const cardReceiptSql = `insert into issuance.card_receipt (card_payment_id, stripe_payment_id, amount_cents, cover_cents, excess_cents, currency, event_id, booked_at)
  values ($1, $2, $3, $4, $5, 'EUR', gen_random_uuid(), now())`;

beforeAll(async () => {
  world = await IssuanceWorld.create();
  service = new pg.Client({ connectionString: world.database.urlFor('issuance') });
  await service.connect();
  order = await world.order();
  bankLineId = plain(await world.fund(order, 10_000));
  batchId = plain(await world.batch(order.orderId));
  await world.activate(`bat_${batchId}`, { first: 2, last: 5 });
  cardPaymentId = randomUUID();
  await service.query(`insert into issuance.card_account (custody_account_id, event_id, connected_at) values (gen_random_uuid(), gen_random_uuid(), now())`);
  await service.query(cardPaymentSql, [cardPaymentId, plain(order.orderId), plain(order.payerId), 500]);
  await service.query(`insert into issuance.card_session (card_payment_id, session_id, url, opened_at) values ($1, 'cs_1', 'https://x', now())`, [cardPaymentId]);
  await service.query(cardReceiptSql, [cardPaymentId, 'pi_1', 500, 300, 200]);
});
afterAll(async () => {
  await service.end();
  await world.close();
});

/** SQLSTATE and constraint of what the role is told. */
const refusal = async (sql: string, values: unknown[] = []) => {
  const error = await service.query(sql, values).then(() => undefined, (fault: pg.DatabaseError) => fault);
  return error?.constraint ?? error?.code;
};
const FORBIDDEN = '42501';

const FACTS = ['programme', 'programme_rule', 'order_share', 'receipt', 'receipt_match', 'activation_share', 'print_file', 'transfer', 'payer', 'card_account', 'card_payment', 'card_session', 'card_receipt'];
const RUNNING = ['order', 'order_share', 'batch', 'chunk', 'batch_funnel', 'activation', 'stripe_event'];

describe('the role of issuance', () => {
  it.each(FACTS)('may neither change nor delete a row of %s', async (table) => {
    const [column] = await world.rows<{ name: string }>(
      `select column_name as name from information_schema.columns where table_schema = 'issuance' and table_name = $1 limit 1`, [table]);
    expect(await refusal(`update issuance.${table} set ${column!.name} = ${column!.name}`)).toBe(FORBIDDEN);
    expect(await refusal(`delete from issuance.${table}`)).toBe(FORBIDDEN);
  });

  it.each(RUNNING)('may not delete a row of %s', async (table) => {
    expect(await refusal(`delete from issuance.${table}`)).toBe(FORBIDDEN);
  });

  it.each([
    ['order', 'count = 1'], ['order', 'face_cents = 1'], ['order', 'total_cents = 1'], ['order', `reference = 'RF00'`], ['batch', 'count = 1'],
    ['batch', `wrapped_key = ''`], ['chunk', `sha256 = ''`], ['activation', 'amount_cents = 1'], ['activation', 'first = 0'], ['guarded_balance', 'balance = 1'],
  ])('may not change what was decided: %s %s', async (table, change) => {
    expect(await refusal(`update issuance.${table} set ${change}`)).toBe(FORBIDDEN);
  });

  it('sees nothing of another service', async () => {
    expect(await refusal('select from settlement.transfer')).toBe(FORBIDDEN);
  });
});

describe('even whoever owns the tables', () => {
  it.each(FACTS)('cannot change a fact of %s unnoticed', async (table) => {
    const admin = new pg.Client({ connectionString: world.database.adminUrl });
    await admin.connect();
    await admin.query('begin');
    if (table === 'print_file') {
      await admin.query(`insert into issuance.print_file values ($1, $2, 'csv', 'x', now())`, [randomUUID(), batchId]);
    }
    await expect(admin.query(`delete from issuance.${table}`)).rejects.toThrow('append-only');
    await admin.end();
  });
});

/** Batch, its count, face value, first, last, amount. */
const activationSql = `insert into issuance.activation (id, batch_id, batch_count, face_cents, first, last, amount_cents, currency, activated_by, activated_at)
  values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, 'EUR', 'test', now())`;
const matchSql = `insert into issuance.receipt_match (bank_line_id, order_id, payer_id, amount_cents, currency, event_id, matched_by, matched_at)
  values ($1, $2, $3, $4, 'EUR', gen_random_uuid(), 'test', now())`;

describe('the tables', () => {
  it.each<[string, number[], string]>([
    ['begin in an active range', [10, 1_000, 5, 6, 2_000], 'activation_ranges_apart'],
    ['end in an active range', [10, 1_000, 0, 2, 3_000], 'activation_ranges_apart'],
    ['cover an active range', [10, 1_000, 0, 9, 10_000], 'activation_ranges_apart'],
    ['end after the batch', [10, 1_000, 9, 10, 2_000], 'activation_within_batch'],
    ['end before they begin', [10, 1_000, 9, 8, 1_000], '22000'],
    ['have another amount than their face value', [10, 1_000, 8, 9, 2_001], 'activation_at_face'],
    ['have another face value than their batch', [10, 999, 8, 9, 1_998], 'activation_batch_id_batch_count_face_cents_fkey'],
  ])('take no ranges that %s', async (_, values, constraint) => {
    expect(await refusal(activationSql, [batchId, ...values])).toBe(constraint);
  });

  it('let no credit fund more than itself, nor one share twice, nor a share above its amount', async () => {
    const other = await world.order();
    const small = plain(await world.fund({ reference: 'NONE' }, 500));
    const overpaid = plain(await world.fund(other, 10_001));
    expect(await refusal(matchSql, [overpaid, plain(other.orderId), plain(other.payerId), 1])).toBe('receipt_match_once');
    expect(await refusal(matchSql, [bankLineId, plain(other.orderId), plain(other.payerId), 1])).toBe('23514');
    expect(await refusal(matchSql, [small, plain(other.orderId), plain(other.payerId), 501])).toBe('23514');
    expect(await refusal(matchSql, [small, plain(other.orderId), plain(order.payerId), 1])).toBe('receipt_match_share_fkey');
    expect(await refusal('update issuance.order_share set funded_cents = amount_cents + 1')).toBe('order_share_funded_within_amount');
  });

  it('let nobody write what an order is funded: it is the sum of its shares, which only grow', async () => {
    expect(await refusal('update issuance.order set funded_cents = total_cents')).toBe(FORBIDDEN);
    const { orderId, shares: [first] } = await world.coFunded();
    await service.query('begin');
    await service.query('update issuance.order_share set funded_cents = 7 where payer_id = $1', [plain(first!.payerId)]);
    const { rows } = await service.query('select funded_cents::int as funded from issuance.order where id = $1', [plain(orderId)]);
    expect(rows).toEqual([{ funded: 7 }]);
    expect(await refusal('update issuance.order_share set funded_cents = 6 where payer_id = $1', [plain(first!.payerId)])).toBe('23000');
    await service.query('rollback');
  });

  it('take of a card payment what was asked, to the cent and once, and no second account for cards', async () => {
    const another = randomUUID();
    await service.query(cardPaymentSql, [another, plain(order.orderId), plain(order.payerId), 500]);
    expect(await refusal(cardReceiptSql, [another, 'pi_2', 499, 499, 0])).toBe('card_receipt_as_asked');
    expect(await refusal(cardReceiptSql, [another, 'pi_2', 500, 499, 0])).toBe('card_receipt_whole');
    expect(await refusal(cardReceiptSql, [another, 'pi_1', 500, 500, 0])).toBe('card_receipt_stripe_payment_id_key');
    expect(await refusal(cardReceiptSql, [cardPaymentId, 'pi_2', 500, 500, 0])).toBe('card_receipt_pkey');
    expect(await refusal(cardPaymentSql, [randomUUID(), plain(order.orderId), randomUUID(), 500])).toBe('card_payment_order_id_payer_id_fkey');
    expect(await refusal(`insert into issuance.card_account (custody_account_id, event_id, connected_at) values (gen_random_uuid(), gen_random_uuid(), now())`))
      .toBe('card_account_pkey');
  });

  it('let nobody mint or activate more than was ordered', async () => {
    expect(await refusal('update issuance.order set minted_count = count + 1')).toBe('order_minted_within_count');
    expect(await refusal('update issuance.order set activated_cents = total_cents + 1')).toBe('order_activated_within_total');
  });

  it('let no cover go below zero', async () => {
    expect(await refusal(
      `insert into issuance.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
       values (gen_random_uuid(), 0, '6', $1, 'clearing:redemption', 6001, 'EUR', gen_random_uuid())`,
      [`prefund:${plain(order.programmeId)}:${plain(order.payerId)}`],
    )).toBe('guarded_balance_balance_check');
  });

  it('judge at commit that the shares of an order are the whole of it, and those of an activation its amount', async () => {
    const payerId = plain(await world.payer());
    await service.query('begin');
    await service.query(
      `insert into issuance.order (id, reference, programme_id, rule_version, count, face_cents, total_cents, currency, placed_by, placed_at)
       values ($1, 'RF00MRO0000000000', $2, 1, 1, 1000, 1000, 'EUR', 'test', now())`, [batchId, plain(order.programmeId)]);
    const share = `insert into issuance.order_share (order_id, payer_id, basis_points, priority, amount_cents, reference)
      values ($1, $2, $3, 0, $4, 'RF00MRO0000000001')`;
    for (const [points, amount] of [[9_999, 1_000], [10_000, 999]]) {
      await service.query('savepoint one');
      await service.query(share, [batchId, payerId, points, amount]);
      expect(await refusal('set constraints all immediate')).toBe('23514');
      await service.query('rollback to one');
    }
    await service.query('rollback');

    await service.query('begin');
    const { rows: [activation] } = await service.query<{ id: string }>(`${activationSql} returning id`, [batchId, 10, 1_000, 8, 9, 2_000]);
    await service.query('insert into issuance.activation_share values ($1, $2, 1999)', [activation!.id, payerId]);
    expect(await refusal('commit')).toBe('23514');
  });

  it('know the same words as the code', async () => {
    const wordsOf = async (table: string, column: string) => {
      const [row] = await world.rows<{ text: string }>(
        `select pg_get_constraintdef(c.oid) as text from pg_constraint c where c.conrelid = $1::regclass and c.conname = $2`,
        [`issuance.${table}`, `${table}_${column}_check`]);
      return [...row!.text.matchAll(/'(\w+)'::text/g)].map(([, word]) => word);
    };
    expect(await wordsOf('batch', 'state')).toEqual([...BATCH_STATES]);
    expect(await wordsOf('receipt', 'outcome')).toEqual([...MATCH_OUTCOMES]);
    expect(await wordsOf('stripe_event', 'outcome')).toEqual([...EVENT_OUTCOMES]);
  });
});
