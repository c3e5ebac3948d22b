// What the database itself refuses to the service's own role, so that no fault of our code can do it.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { ClaimLineRejectedV1 } from '#libs/contracts';
import { BATCH_STATES } from './batch-state.decision.js';
import { MATCH_OUTCOMES } from './match-receipt/match-receipt.decision.js';
import { IssuanceWorld, plain, type PlacedOrder } from '../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
let service: pg.Client;
let order: PlacedOrder;
let batchId: string;
let bankLineId: string;

beforeAll(async () => {
  world = await IssuanceWorld.create();
  service = new pg.Client({ connectionString: world.database.urlFor('issuance') });
  await service.connect();
  order = await world.order();
  bankLineId = plain(await world.fund(order, 10_000));
  batchId = plain(await world.batch(order.orderId));
  await world.activate(`bat_${batchId}`, { first: 2, last: 5 });
  await world.take(ClaimLineRejectedV1, { ...ClaimLineRejectedV1.sample, batchId });
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

const FACTS = ['programme', 'programme_rule', 'order_share', 'receipt', 'receipt_match', 'activation_share', 'print_file', 'transfer', 'payer',
  'rejected_claim', 'rejected_claim_share'];
const RUNNING = ['order', 'batch', 'chunk', 'batch_funnel', 'activation'];

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
const matchSql = `insert into issuance.receipt_match (bank_line_id, order_id, amount_cents, currency, event_id, matched_by, matched_at)
  values ($1, $2, $3, 'EUR', gen_random_uuid(), 'test', now())`;

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

  it('let no credit fund more than itself, nor one order twice, nor an order above its total', async () => {
    const other = await world.order();
    const small = plain(await world.fund({ reference: 'NONE' }, 500));
    const overpaid = plain(await world.fund(other, 10_001));
    expect(await refusal(matchSql, [overpaid, plain(other.orderId), 1])).toBe('receipt_match_once');
    expect(await refusal(matchSql, [bankLineId, plain(other.orderId), 1])).toBe('23514');
    expect(await refusal(matchSql, [small, plain(other.orderId), 501])).toBe('23514');
    expect(await refusal('update issuance.order set funded_cents = total_cents + 1')).toBe('order_funded_within_total');
  });

  it('let nobody mint or activate more than was ordered', async () => {
    expect(await refusal('update issuance.order set minted_count = count + 1')).toBe('order_minted_within_count');
    expect(await refusal('update issuance.order set activated_cents = total_cents + 1')).toBe('order_activated_within_total');
  });

  it('let no cover go below zero', async () => {
    expect(await refusal(
      `insert into issuance.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
       values (gen_random_uuid(), 0, '6', $1, 'clearing:redemption', 7001, 'EUR', gen_random_uuid())`,
      [`prefund:${plain(order.programmeId)}:${plain(order.payerId)}`],
    )).toBe('guarded_balance_balance_check');
  });

  it('judge at commit that a rejected claim is given back whole', async () => {
    expect(await refusal(`insert into issuance.rejected_claim
      select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), order_id, batch_id, 1, 'EUR', 'fraud', now() from issuance.rejected_claim`)).toBe('23514');
  });

  it('judge at commit that the shares of an order are the whole of it, and those of an activation its amount', async () => {
    const payerId = plain(await world.payer());
    await service.query('begin');
    await service.query(
      `insert into issuance.order (id, reference, programme_id, rule_version, count, face_cents, total_cents, currency, placed_by, placed_at)
       values ($1, 'RF00MRO0000000000', $2, 1, 1, 1000, 1000, 'EUR', 'test', now())`, [batchId, plain(order.programmeId)]);
    await service.query('insert into issuance.order_share values ($1, $2, 9999, 0)', [batchId, payerId]);
    expect(await refusal('commit')).toBe('23514');

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
  });
});
