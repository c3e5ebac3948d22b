// What the database itself refuses to the service's own role, so that no fault of our code can do it.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import {
  BatchExpiryDueV1, ClaimLineHeldV1, ClaimLineReleasedV1, ClaimLineRejectedV1, PaymentBookedV1, PlaceAccreditedV1, PlaceDepartureEndedV1,
  PlaceDepartureStatedV1, PlaceReinstatedV1, PlaceSuspendedV1,
} from '#libs/contracts';
import { BATCH_STATES } from './batch-state.decision.js';
import { OUTCOMES } from './delivery.store.js';
import { PUBLIC_CATEGORIES } from './hand-over.store.js';
import { EVENT_OUTCOMES } from './book-card-payments/book-card-payments.decision.js';
import { PLACES } from './holding.decision.js';
import { MATCH_OUTCOMES } from './match-receipt/match-receipt.decision.js';
import { PRINT_FORMATS } from './print-batch/print-form.decision.js';
import { distributorMemberOf, IssuanceWorld, memberOf, NOW, plain, type PlacedOrder } from '../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
let service: pg.Client;
let order: PlacedOrder;
let batchId: string;
let stock: Stock;
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
  await refundedOrder();
  await cancelledOrder();
  await world.done(`batches/bat_${batchId}/print-files`, {});
  stock = await stockOf();
  cardPaymentId = randomUUID();
  await service.query(`insert into issuance.card_account (custody_account_id, event_id, connected_at) values (gen_random_uuid(), gen_random_uuid(), now())`);
  await service.query(cardPaymentSql, [cardPaymentId, plain(order.orderId), plain(order.payerId), 500]);
  await service.query(`insert into issuance.card_session (card_payment_id, session_id, url, opened_at) values ($1, 'cs_1', 'https://x', now())`, [cardPaymentId]);
  await service.query(cardReceiptSql, [cardPaymentId, 'pi_1', 500, 300, 200]);
  await world.take(PlaceAccreditedV1, PlaceAccreditedV1.sample);
  await world.take(ClaimLineRejectedV1, { ...ClaimLineRejectedV1.sample, batchId });
  await endingOrder();
});

type Stock = Readonly<{ batchId: string; distributorId: string; deliveryId: string; outcomeId: string; handOverId: string }>;

/** Booklets 1 to 9 of ten were shipped, 1 to 5 received, the first handed over. */
async function stockOf(): Promise<Stock> {
  const [printed, distributorId] = [await world.printedBatch(), await world.distributor()];
  const [as, deliveryId] = [distributorMemberOf(distributorId), await world.ship(printed, distributorId, { last: 89 })];
  const { parts } = await world.done(`deliveries/${deliveryId}/receipts`, { ranges: [{ first: 0, last: 49 }] }, as) as { parts: { deliveryOutcomeId: string }[] };
  const { handOvers } = await world.done('hand-overs', { handOvers: [{ batchId: printed, first: 0, last: 9 }] }, as) as { handOvers: { handOverId: string }[] };
  return {
    batchId: plain(printed), distributorId: plain(distributorId), deliveryId: plain(deliveryId),
    outcomeId: plain(parts[0]!.deliveryOutcomeId), handOverId: plain(handOvers[0]!.handOverId),
  };
}
afterAll(async () => {
  await service.end();
  await world.close();
});

/** Another order to its very end, so that every table of facts has a row. */
async function refundedOrder(): Promise<void> {
  const { statementId } = await world.signedOrder();
  const { refunds } = await world.done('refunds', { statementId }) as { refunds: { refundId: string }[] };
  await world.take(PaymentBookedV1, { ...PaymentBookedV1.sample, purpose: 'refund', refundIds: [plain(refunds[0]!.refundId)] });
  world.clock.set(NOW);
}

/** An order that a payer has signed off and extended, with a claim that was held. */
async function endingOrder(): Promise<void> {
  const ending = await world.usedOrder();
  const [payer, ids] = [memberOf(ending.payerId), { batchId: plain(ending.batchId), programmeId: plain(ending.programmeId) }];
  await world.take(BatchExpiryDueV1, { ...BatchExpiryDueV1.sample, ...ids });
  const [{ sha256 }] = (await world.get('vintages', payer)).body['items'] as [{ sha256: string }];
  await world.done('vintage-sign-offs', { programmeId: ending.programmeId, usableUntil: '2026-12-31', step: 'fifteen_days', sha256 }, payer);
  const { extensionId } = await world.done('extensions', { orderId: ending.orderId, usableUntil: '2027-06-30', claimableUntil: '2027-07-31' });
  await world.done(`extensions/${String(extensionId)}/agreements`, {}, payer);
  await world.take(ClaimLineHeldV1, { ...ClaimLineHeldV1.sample, batchId: ids.batchId });
  await world.take(ClaimLineReleasedV1, { ...ClaimLineReleasedV1.sample, batchId: ids.batchId });
  await world.take(PlaceSuspendedV1, PlaceSuspendedV1.sample);
  await world.take(PlaceReinstatedV1, PlaceReinstatedV1.sample);
  await world.take(PlaceDepartureStatedV1, PlaceDepartureStatedV1.sample);
  await world.take(PlaceDepartureEndedV1, PlaceDepartureEndedV1.sample);
}

async function cancelledOrder(): Promise<void> {
  const quote = await world.quoted();
  await world.accept(quote);
  await world.done(`orders/${quote.orderId}/cancellation`, { reason: 'test' });
}

/** SQLSTATE and constraint of what the role is told. */
const refusal = async (sql: string, values: unknown[] = []) => {
  const error = await service.query(sql, values).then(() => undefined, (fault: pg.DatabaseError) => fault);
  return error?.constraint ?? error?.code;
};
const FORBIDDEN = '42501';

const FACTS = ['programme', 'programme_rule', 'order_share', 'receipt', 'receipt_match', 'activation_share', 'print_file', 'transfer', 'payer', 'expired_chunk',
  'finished_expiry', 'contradictory_statement', 'contradictory_statement_share', 'statement_signature', 'signed_statement', 'refund',
  'refund_movement', 'distributor', 'delivery', 'delivery_outcome', 'holding', 'card_account', 'card_payment', 'card_session', 'card_receipt',
  'rejected_claim', 'rejected_claim_share', 'expiry_step', 'vintage_sign_off', 'order_extension', 'batch_extension', 'extension_proposal',
  'extension_agreement', 'held_claim', 'released_claim', 'known_accreditation', 'known_measure', 'known_measure_end', 'known_departure', 'known_departure_end',
  'order_quote', 'order_quote_share', 'order_step', 'order_cancellation', 'order_cancellation_share'];
const RUNNING = ['order', 'order_draft', 'order_share', 'stripe_event', 'batch', 'chunk', 'batch_funnel', 'activation', 'print_download', 'hand_over',
  'printer_key', 'known_place'];

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
    ['batch', 'booklet_size = 1'], ['batch', `wrapping_key_id = ''`], ['chunk', `sha256 = ''`], ['activation', 'amount_cents = 1'], ['activation', 'first = 0'], ['guarded_balance', 'balance = 1'],
    ['hand_over', 'first = 1'], ['hand_over', 'distributor_id = batch_id'], ['print_download', `taken_by = ''`],
    ['print_download', 'reprint = 0'], ['printer_key', `public_key = ''`], ['printer_key', `fingerprint = ''`],
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
    await expect(admin.query(`delete from issuance.${table}`)).rejects.toThrow('append-only');
    await admin.end();
  });
});

/** Batch, its count, face value, first, last, amount. */
const activationSql = `insert into issuance.activation (id, batch_id, batch_count, face_cents, first, last, amount_cents, currency, activated_by, activated_at)
  values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, 'EUR', 'test', now())`;
const matchSql = `insert into issuance.receipt_match (bank_line_id, order_id, payer_id, amount_cents, currency, event_id, matched_by, matched_at)
  values ($1, $2, $3, $4, 'EUR', gen_random_uuid(), 'test', now())`;

const deliverySql = `insert into issuance.delivery (id, batch_id, batch_count, kind, distributor_id, first, last, shipped_by, shipped_at)
  values (gen_random_uuid(), $1, $2, 'shipping', $3, $4, $5, 'test', now())`;
const outcomeSql = `insert into issuance.delivery_outcome (id, delivery_id, batch_id, distributor_id, delivery_first, delivery_last, outcome, first, last, noted_by, noted_at)
  values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7, $8, 'test', now())`;
const handOverSql = `insert into issuance.hand_over (id, delivery_outcome_id, batch_id, distributor_id, outcome, received_first, received_last, first, last, handed_over_by, handed_over_at)
  values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7, $8, 'test', now())`;

describe('the tables of stock', () => {
  it.each<[string, number, number, number, string]>([
    ['what the batch does not have', 100, 90, 100, 'delivery_within_batch'],
    ['of a batch that is said to be larger', 101, 90, 100, 'delivery_of_batch'],
  ])('ship nothing of %s', async (_, count, first, last, constraint) => {
    expect(await refusal(deliverySql, [stock.batchId, count, stock.distributorId, first, last])).toBe(constraint);
  });

  const received = 'received';
  it.each<[string, Partial<Stock>, [number, number, string, number, number], string]>([
    ['twice', {}, [0, 89, 'lost', 49, 50], 'delivery_outcome_ranges_apart'],
    ['beyond their delivery', {}, [0, 89, received, 89, 90], 'delivery_outcome_within_delivery'],
    ['of a delivery that is said to be larger', {}, [0, 99, received, 90, 99], 'delivery_outcome_of_delivery'],
    ['at another distributor', { distributorId: randomUUID() }, [0, 89, received, 50, 59], 'delivery_outcome_of_delivery'],
  ])('let no vouchers arrive %s', async (_, over, values, constraint) => {
    const { deliveryId, batchId: batch, distributorId } = { ...stock, ...over };
    expect(await refusal(outcomeSql, [deliveryId, batch, distributorId, ...values])).toBe(constraint);
  });

  it.each<[string, Partial<Stock>, [string, number, number, number, number], string]>([
    ['twice', {}, [received, 0, 49, 9, 10], 'hand_over_ranges_apart'],
    ['beyond what was received', {}, [received, 0, 49, 49, 50], 'hand_over_within_received'],
    ['of more than was received', {}, [received, 0, 89, 50, 59], 'hand_over_out_of_received'],
    ['out of what was lost', {}, ['lost', 0, 49, 20, 29], 'hand_over_outcome_check'],
    ['out of another stock', { distributorId: randomUUID() }, [received, 0, 49, 20, 29], 'hand_over_out_of_received'],
  ])('let nobody hand over %s', async (_, over, values, constraint) => {
    const { outcomeId, batchId: batch, distributorId } = { ...stock, ...over };
    expect(await refusal(handOverSql, [outcomeId, batch, distributorId, ...values])).toBe(constraint);
  });

  /** Parent, its place and range; the range and its new place. */
  const holdingSql = `insert into issuance.holding (id, batch_id, batch_count, parent_id, parent_place, parent_first, parent_last, first, last, place, distributor_id, document_id, moved_by, moved_at)
    values (gen_random_uuid(), $1, 100, $2, $3, $4, $5, $6, $7, $8, $9, gen_random_uuid(), 'test', now())`;
  it.each<[string, [string, number, number, number, number, string], Partial<Stock>, string]>([
    ['at two places', ['printer', 0, 99, 89, 95, 'under_way'], {}, 'holding_ranges_apart'],
    ['outside of where they came from', ['printer', 0, 99, 95, 100, 'under_way'], {}, 'holding_within_parent'],
    ['out of a place that is said to be larger', ['printer', 0, 100, 95, 100, 'under_way'], {}, 'holding_out_of_parent'],
    ['out of a place where they are not', ['returned', 0, 99, 95, 96, 'under_way'], {}, 'holding_out_of_parent'],
    ['into a stock that nobody sent them to', ['printer', 0, 99, 95, 96, 'stock'], {}, 'holding_moves'],
    ['back from destruction', ['destroyed', 0, 99, 95, 96, 'stock'], {}, 'holding_moves'],
  ])('lay no vouchers %s', async (_, [place, ...values], over, constraint) => {
    const { batchId: batch, distributorId } = { ...stock, ...over };
    expect(await refusal(holdingSql, [batch, batch, place, ...values, distributorId])).toBe(constraint);
  });

  it('take a hand-over back once, with a name', async () => {
    const { handOverId } = stock;
    expect(await refusal('update issuance.hand_over set returned_at = now() where id = $1', [handOverId])).toBe('hand_over_returned_or_not');
    expect(await refusal(`update issuance.hand_over set returned_at = now(), returned_by = 'x' where id = $1`, [handOverId])).toBeUndefined();
    expect(await refusal('update issuance.hand_over set returned_at = null, returned_by = null where id = $1', [handOverId])).toBe('23000');
  });

  it('let a download be noted as written once', async () => {
    const again = `update issuance.print_download set sha256 = repeat('0', 64), byte_count = 1, written_at = now()`;
    expect(await refusal(again)).toBe('23000');
  });
});

describe('the key of a batch', () => {
  const end = 'update issuance.batch set wrapped_key = null, key_destroyed_at = now() where id = $1';

  it('does not end while something of the batch is with the operator or under way', async () => {
    expect(await refusal(end, [stock.batchId])).toBe('23514');
  });

  it('is never exchanged, and never ends in silence', async () => {
    expect(await refusal(`update issuance.batch set wrapped_key = decode(repeat('00', 61), 'hex') where id = $1`, [stock.batchId])).toBe('23514');
    expect(await refusal('update issuance.batch set wrapped_key = null where id = $1', [batchId])).toBe('23514');
    expect(await refusal('update issuance.batch set key_destroyed_at = now() where id = $1', [batchId])).toBe('23514');
  });

  it('does not come back', async () => {
    const whole = await world.printedBatch(10);
    await world.done(`deliveries/${await world.ship(whole, await world.distributor())}/receipts`, {});
    const back = `update issuance.batch set wrapped_key = decode(repeat('00', 61), 'hex'), key_destroyed_at = null where id = $1`;
    expect(await refusal(back, [plain(whole)])).toBe('23514');
    expect(await refusal(`update issuance.batch set key_destroyed_at = now() where id = $1`, [plain(whole)])).toBe('23514');
  });

  it('is there from the beginning', async () => {
    expect(await refusal(`insert into issuance.batch (id, order_id, count, booklet_size, face_cents, currency, chunk_count, wrapping_key_id, wrapped_key, key_destroyed_at,
        pepper_key_id, serial_permutation_id, serial_label, state, created_by, created_at)
      select gen_random_uuid(), order_id, count, booklet_size, face_cents, currency, chunk_count, wrapping_key_id, null, now(), pepper_key_id, 's', 'AAAAAAAA', 'loaded',
        created_by, created_at from issuance.batch where id = $1`, [batchId])).toBe('23514');
  });
});

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

  it('let no credit fund more than itself in all its parts, nor a share above its amount', async () => {
    const other = await world.order();
    const small = plain(await world.fund({ reference: 'NONE' }, 500));
    const overpaid = plain(await world.fund(other, 10_001));
    expect(await refusal(matchSql, [overpaid, plain(other.orderId), plain(other.payerId), 2])).toBe('23514');
    expect(await refusal(matchSql, [bankLineId, plain(other.orderId), plain(other.payerId), 1])).toBe('23514');
    expect(await refusal(matchSql, [small, plain(other.orderId), plain(other.payerId), 501])).toBe('23514');
    expect(await refusal(matchSql, [small, plain(other.orderId), plain(order.payerId), 1])).toBe('receipt_match_share_fkey');
    expect(await refusal('update issuance.order_share set funded_cents = amount_cents + 1')).toBe('order_share_funded_within_amount');
  });

  it('let nobody write what an order is funded: it is the sum of its shares', async () => {
    expect(await refusal('update issuance.order set funded_cents = total_cents')).toBe(FORBIDDEN);
    const { orderId, shares: [first] } = await world.coFunded();
    await service.query('begin');
    await service.query('update issuance.order_share set funded_cents = 7 where payer_id = $1', [plain(first!.payerId)]);
    const { rows } = await service.query('select funded_cents::int as funded from issuance.order where id = $1', [plain(orderId)]);
    expect(rows).toEqual([{ funded: 7 }]);
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
    expect(await wordsOf('delivery_outcome', 'outcome')).toEqual([...OUTCOMES]);
    expect(await wordsOf('holding', 'place')).toEqual([...PLACES]);
    expect(await wordsOf('hand_over', 'public_category')).toEqual([...PUBLIC_CATEGORIES]);
    expect(await wordsOf('print_file', 'format')).toEqual([...PRINT_FORMATS]);
    expect(await wordsOf('stripe_event', 'outcome')).toEqual([...EVENT_OUTCOMES]);
  });
});
